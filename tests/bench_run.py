"""What `tf2kit run` adds to the start of a program, next to what importing TensorFlow takes: ``python -m tests.bench_run``.

The same program runs migrated by `tf2kit migrate` under python, and as it is under `tf2kit run`, for the first time (nothing is remembered)
and for the second. All alternate in one run, and what is added is the median of the differences within each round.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.bench import Cost, ours, timed

ROUNDS = 7
ONE = """\
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
print(tf.layers.dense(x, 2))
"""
MODULE = '''"""Model number {n}."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib import slim

flags = tf.app.flags


class Model{n}(object):
    def __init__(self, size, keep_prob=0.5):
        self.x = tf.placeholder(tf.float32, [None, size], name="x")
        self.y = tf.placeholder(tf.int64, [None], name="y")
        self.size = size
        with tf.variable_scope("model{n}", reuse=tf.AUTO_REUSE):
            h = tf.contrib.layers.fully_connected(self.x, 64, activation_fn=tf.nn.elu)
            h = tf.nn.dropout(h, keep_prob)
            with slim.arg_scope([slim.fully_connected], normalizer_fn=slim.batch_norm):
                h = slim.fully_connected(h, 32)
            cell = tf.nn.rnn_cell.MultiRNNCell([tf.contrib.rnn.LSTMCell(32) for _ in range(2)])
            outputs, state = tf.nn.dynamic_rnn(cell, tf.expand_dims(h, 1), dtype=tf.float32)
            self.logits = tf.layers.dense(outputs[:, -1], 10)
        self.loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(labels=self.y, logits=self.logits)
        )
        self.step = tf.train.get_or_create_global_step()
        rate = tf.train.exponential_decay(1e-3, self.step, 1000, 0.9)
        self.train = tf.train.AdamOptimizer(rate).minimize(self.loss, global_step=self.step)
        tf.summary.scalar("loss", self.loss)

    def accuracy(self, values):
        best = tf.argmax(self.logits, 1)
        return tf.reduce_mean(tf.to_float(tf.equal(best, self.y)), keep_dims=True)

    def epochs(self, session, data, count):
        saver = tf.train.Saver(max_to_keep=3)
        for epoch in xrange(count):
            total = 0.0
            for rows, labels in data:
                feed = {{self.x: np.asarray(rows, np.float), self.y: labels}}
                _, loss = session.run([self.train, self.loss], feed_dict=feed)
                total += loss
            if epoch % 10 == {n} % 10:
                print{0}"epoch %d: loss %.4f" % (epoch, total / len(data)){1}
                saver.save(session, "model{n}", global_step=self.step)
        return total
'''


def make(folder: Path, modules: int) -> None:
    """A program of ``modules`` modules besides main.py."""
    folder.mkdir()
    imports = "".join(f"import model_{n}\n" for n in range(modules))
    (folder / "main.py").write_text(imports + ONE)
    for n in range(modules):
        python2 = n % 10 == 0  # one file in forty is, of those that are on the web
        (folder / f"model_{n}.py").write_text(MODULE.format(*(" ", "") if python2 else "()", n=n))


def forget(cache: Path) -> None:
    """Remove what was remembered."""
    for entry in cache.glob("*"):
        entry.unlink()


def measure(folder: Path, modules: int, env: Mapping[str, str], rounds: int) -> None:
    """Print what a program of ``modules`` + 1 modules costs in each way."""
    make(folder / f"old{modules}", modules)
    timed(ours(str(folder / f"old{modules}"), "--output", str(folder / f"new{modules}")), env)
    cache = Path(env["TF2KIT_CACHE"])
    main = str(folder / f"old{modules}" / "main.py")
    run = [str(Path(sys.executable).with_name("tf2kit")), "run", "-q", main]
    rows: dict[str, list[Cost]] = {"import tensorflow": [], "migrated": [], "first run": [], "second run": []}
    for i in range(rounds + 1):  # the first round only warms up
        forget(cache)
        costs = (
            minus(timed([sys.executable, "-c", "import tensorflow"], env), timed([sys.executable, "-c", ""], env)),
            timed([sys.executable, str(folder / f"new{modules}" / "main.py")], env),
            timed(run, env),
            timed(run, env),
        )
        for name, cost in zip(rows, costs, strict=True):
            rows[name] += [cost] if i else []
    print(f"(d) tf2kit run, a program of {modules + 1} modules, medians of {rounds} alternating rounds")
    loading = median(rows["import tensorflow"])
    for name, found in rows.items():
        print(f"    {name:18} {median(found)}")
    for name, bound in (("first run", "1/3"), ("second run", "1/20")):
        added = median([minus(a, b) for a, b in zip(rows[name], rows["migrated"], strict=True)])
        least = minus(best(rows[name]), best(rows["migrated"]))
        shares = added.wall / loading.wall, added.cpu / loading.cpu, least.cpu / best(rows["import tensorflow"]).cpu
        print(
            f"    the {name} adds {added.wall:.2f} s, {added.cpu:.2f} s of processor: {shares[0]:.3f} ({shares[1]:.3f}) of"
            f" TensorFlow's import; allowed {bound}; processor, least against least: {shares[2]:.3f}"
        )


def best(rows: list[Cost]) -> Cost:
    """The least of each number: what is left when nobody else works on the machine."""
    return Cost(*map(min, zip(*rows, strict=True)))


def median(rows: list[Cost]) -> Cost:
    """The median of each number."""
    return Cost(*map(statistics.median, zip(*rows, strict=True)))


def minus(a: Cost, b: Cost) -> Cost:
    """What ``a`` takes more than ``b``; the peak is that of ``a``."""
    return Cost(a.wall - b.wall, a.cpu - b.cpu, a.peak)


def main(rounds: int = ROUNDS) -> None:
    """A program of one module, and one of thirty-one."""
    with tempfile.TemporaryDirectory(prefix="tf2kit-bench-") as name:
        folder = Path(name)
        env = {
            **os.environ,
            "TF_USE_LEGACY_KERAS": "1",
            "TF2KIT_CACHE": str(folder / "cache"),
            "PYTHONWARNINGS": "ignore",
        }
        env.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: with byte code
        for modules in (0, 30):
            measure(folder, modules, env, rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
