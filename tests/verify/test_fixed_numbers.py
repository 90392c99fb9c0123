"""When random numbers are replaced by fixed ones, and what is then called a difference."""

from __future__ import annotations

from pathlib import Path

import pytest
from tf2kit.migrate.verify.child import Execute, Job
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.model import Comparison, Verdict
from tf2kit.migrate.verify.pairs import unmigrated
from tf2kit.migrate.verify.recording import Call, Recording
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.values import Value
from tf2kit.migrate.verify.verify import verify

from .zygote import Zygote

OLD = """
import tensorflow as tf

w = tf.get_variable('w', [40, 3], initializer=tf.ones_initializer())
x = tf.constant([[0.1 * i for i in range(40)]])
loss = tf.reduce_sum(tf.layers.dropout(x, 0.5, training=True) @ tf.tanh(w))
train = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(4):
        sess.run(train)
        sess.run(loss)
"""
NEW = """
import tensorflow as tf

w = tf.Variable(tf.ones([40, 3]), name='w')
x = tf.constant([[0.1 * i for i in range(40)]])
dropout = tf.keras.layers.Dropout(0.5)
optimizer = tf.keras.optimizers.SGD(0.001)


def forward():
    return tf.reduce_sum(dropout(x, training=True) @ tf.tanh(w))


@tf.function
def compute_loss():
    return forward()


@tf.function
def train_step():
    with tf.GradientTape() as tape:
        loss = forward()
    optimizer.apply_gradients(zip(tape.gradient(loss, [w]), [w]))


for _ in range(4):
    train_step()
    compute_loss()
"""


def compare(folder: Path, execute: Execute, options: Options | None = None) -> Comparison:
    (folder / "old.py").write_text(OLD, encoding="utf-8")
    (folder / "new.py").write_text(NEW, encoding="utf-8")
    (folder / "empty").mkdir()
    old, new = (Program(folder / f"{name}.py", folder / "empty", name) for name in ("old", "new"))
    return verify(unmigrated(old), new, (), options, execute)


def answers(plain: tuple[float, float], fixed: tuple[float, float], moved: float) -> Execute:
    """An `Execute` that runs nothing: what the old and the new program return, and the old one with moved weights."""

    def execute(job: Job) -> Recording:
        old, new = fixed if job.neutral else plain
        number = moved if job.perturb else old if "old" in job.box.script.name else new
        calls = [
            Call("run", ("p.py", line), True, True, ("loss",), (Value({"d": "<f8", "s": [], "v": [value]}),))
            for line, value in ((1, 1.0), (2, 1.0), (3, 1.0), (4, number))
        ]
        return Recording(calls=calls, steps=4)

    return execute


def test_rounding_is_allowed_for_where_random_numbers_had_to_be_fixed(tmp_path: Path) -> None:
    found = compare(tmp_path, answers(plain=(5.0, 7.0), fixed=(5.0, 5.01), moved=5.005))
    assert found.verdict is Verdict.NOISE, found.why


def test_other_numbers_are_found_where_random_numbers_had_to_be_fixed(tmp_path: Path) -> None:
    found = compare(tmp_path, answers(plain=(5.0, 7.0), fixed=(5.0, 6.0), moved=5.005))
    assert found.verdict is Verdict.DIVERGES


@pytest.mark.slow
def test_a_function_that_only_draws_random_numbers_is_no_step(tmp_path: Path) -> None:
    with Zygote() as execute:
        found = compare(tmp_path, execute, Options(steps=3))
    assert found.verdict.proven, found.why
    assert [run.steps for run in found.runs] == [3] * len(found.runs)
