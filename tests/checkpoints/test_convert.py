"""`tf2kit convert-checkpoint`: what an old program saved goes on in the lifted one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate.module import Module
from tf2kit.migrate.native.lift import lift

from tf2kit.cli import main

PROGRAM = """\
import sys

import numpy as np
import tensorflow as tf

xs = np.linspace(-1, 1, 24).reshape(8, 3).astype(np.float32)
x = tf.placeholder(tf.float32, [None, 3])
with tf.variable_scope('net'):
    hidden = tf.layers.dense(x, 4, tf.nn.tanh, name='fc')
params = {'w': tf.get_variable('w', [4, 1])}
loss = tf.reduce_mean(tf.square(tf.matmul(hidden, params['w']) - 1.0))
train_op = tf.train.AdamOptimizer(0.05).minimize(loss)
saver = tf.train.Saver()
with tf.Session() as sess:
    saver.restore(sess, sys.argv[1])
    print('%.5f' % sess.run(loss, {x: xs}))
    for _ in range(5):
        sess.run(train_op, {x: xs})
    print('%.5f' % sess.run(loss, {x: xs}))
"""
# the same graph with the names that tf.layers gives, for a TensorFlow that has no tf.layers
SAVED_BY = """\
import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
xs = np.linspace(-1, 1, 24).reshape(8, 3).astype(np.float32)
start = lambda *shape: tf.constant_initializer(np.linspace(-0.5, 0.6, np.prod(shape)).reshape(shape))
with tf.variable_scope('net/fc'):
    kernel = tf.get_variable('kernel', [3, 4], initializer=start(3, 4))
    bias = tf.get_variable('bias', [4], initializer=start(4))
w = tf.get_variable('w', [4, 1], initializer=start(4, 1))
loss = tf.reduce_mean(tf.square(tf.matmul(tf.tanh(tf.matmul(xs, kernel) + bias), w) - 1.0))
train_op = tf.train.AdamOptimizer(0.05).minimize(loss)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(7):
        sess.run(train_op)
    saver.save(sess, './old')
    print('%.5f' % sess.run(loss))
    for _ in range(5):
        sess.run(train_op)
    print('%.5f' % sess.run(loss))
"""


def run(folder: Path, name: str, text: str, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / name).write_text(text)
    return subprocess.run([sys.executable, name, *words], cwd=folder, capture_output=True, text=True)


@pytest.mark.slow
def test_training_goes_on_where_the_old_program_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = run(tmp_path, "saved_by.py", SAVED_BY).stdout
    assert len(set(expected.split())) == 2
    monkeypatch.chdir(tmp_path)
    Path("program.py").write_text(PROGRAM)
    assert main(["convert-checkpoint", "old", "new", "--program", "program.py"]) == 0
    assert "net/fc/kernel/Adam_1 -> optimizer._variables.3" in capsys.readouterr().out
    lifted = lift(Module("program.py", PROGRAM.encode())).text
    assert run(tmp_path, "lifted.py", lifted, "new").stdout == expected
    assert "Error" in run(tmp_path, "lifted.py", lifted, "old").stderr
    for words, said in (
        (["old", "new"], "new.index is there already"),
        (["nowhere", "other"], "nowhere is not a checkpoint that TensorFlow can read"),
        (["new", "other"], "is a checkpoint of TensorFlow 2 already"),
    ):
        assert main(["convert-checkpoint", *words, "--program", "program.py"]) == 2
        assert said in capsys.readouterr().err
    Path("program.py").write_text(PROGRAM.replace("'w'", "'weight'"))
    assert main(["convert-checkpoint", "old", "other", "--program", "program.py"]) == 2
    assert "the checkpoint has no variable `weight`; it has: beta1_power" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "program.py cannot be read: No such file or directory"),
        ("import tensorflow as tf\n", "program.py makes no tf.train.Saver"),
        ("import tensorflow as tf\ntf.train.import_meta_graph('x')\n", "program.py, line 2 cannot be lifted"),
        (
            PROGRAM.replace("saver =", "first = tf.train.Saver([params['w']])\nsaver ="),
            "program.py makes several Savers; say which with --saver LINE: 13, 14",
        ),
    ],
)
def test_a_program_that_does_not_tell_is_said_to(
    text: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    if text is not None:
        Path("program.py").write_text(text)
    assert main(["convert-checkpoint", "old", "new", "--program", "program.py"]) == 2
    assert said in capsys.readouterr().err
