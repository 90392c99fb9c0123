"""Lesson 18: migrating a program with tf2kit."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_18

_LEFT = """
def left(report):
    rows = [row for row in report["diagnostics"] if {}]
    return sorted((row["line"], row["code"]) for row in rows)
"""
_DIVISIONS = """
def halves(examples):
    first = examples {} 2
    return [first, examples - first]


def share(right, total):
    return right {} total
"""
_PROGRAM = """
program = \"\"\"
import tensorflow as tf

x = tf.placeholder(tf.float32, [None], name="x")
y = tf.multiply(x, 2.0, name="y")
with tf.Session() as sess:
    {}
\"\"\"
"""
_COST = """
def cost(prediction, target):
    return {}
"""

LESSON = Lesson(
    number=18,
    slug="migrating_with_tf2kit",
    title="Migrating a program with tf2kit",
    minutes=40,
    needs=(17,),
    rules=("SYM101", "RUN401", "NAT500", "NAT501", "PY203", "CTB203", "OFC101"),
    exercises=(
        Exercise(
            "18-1",
            "a report is data",
            checks_18.left,
            hints=(
                "Each row of `diagnostics` has `line`, `code`, `severity` and `fixed`.",
                "What waits for you is not `fixed` and no `note`. `sorted` puts pairs in order of their lines.",
            ),
            solution=_LEFT.format('not row["fixed"] and row["severity"] != "note"'),
            wrong=(
                _LEFT.format('not row["fixed"]'),
                _LEFT.format('row["severity"] == "error"'),
                _LEFT.format('not row["fixed"] and row["severity"] == "error"'),
            ),
        ),
        Exercise(
            "18-2",
            "a division that only a person can decide",
            checks_18.divisions,
            hints=("Which result counts things, and which one is a part of a whole?", "`//` counts, `/` shares."),
            solution=_DIVISIONS.format("//", "/"),
            wrong=(_DIVISIONS.format("/", "/"), _DIVISIONS.format("//", "//")),
        ),
        Exercise(
            "18-3",
            "a small change by hand, and a program can be lifted",
            checks_18.lifted,
            hints=(
                "The line looks up a tensor that the program has under a Python name.",
                "Fetch `y` itself, and drop the line with `get_tensor_by_name`.",
            ),
            solution=_PROGRAM.format("print(sess.run(y, {x: [1.0, 2.0]}))"),
            wrong=(
                _PROGRAM.format(
                    'again = sess.graph.get_tensor_by_name("y:0")\n    print(sess.run(again, {x: [1.0, 2.0]}))'
                ),
                _PROGRAM.format("print(sess.run(x, {x: [1.0, 2.0]}))"),
                'program = "print([2.0, 4.0])"',
            ),
        ),
        Exercise(
            "18-4",
            "a mean is not a sum over a fixed number",
            checks_18.cost,
            hints=(
                "The old line: `tf.reduce_sum(tf.pow(pred - Y, 2)) / (2 * n_samples)`, and `n_samples` is 17.",
                "What is the cost of one house that is wrong by 2? In the old program 4 / 34.",
            ),
            solution=_COST.format("tf.reduce_sum(tf.square(prediction - target)) / (2 * 17)"),
            wrong=(
                _COST.format("tf.reduce_mean(tf.square(prediction - target))"),
                _COST.format("tf.reduce_mean(tf.square(prediction - target)) / 2"),
            ),
        ),
        Exercise(
            "18-5",
            "TensorFlow 1 does not come back unnoticed",
            checks_18.guard,
            hints=(
                "Which command is `migrate` without writing, with an exit code?",
                "`check`, the folder, `--output-format github`: three words and a value.",
            ),
            solution='words = ["check", "src", "--output-format", "github"]',
            wrong=(
                'words = ["migrate", "src", "--write", "--output-format", "github"]',
                'words = ["check", "src", "--exit-zero", "--output-format", "github"]',
                'words = ["check", "src"]',
            ),
        ),
    ),
    quiz=(
        Question(
            "What does `tf2kit migrate src`, without more, write?",
            ("All files of `src`.", "Nothing: it shows what it would do.", "A new folder beside `src`."),
            "b",
            "only `--write` and `--output` write.",
        ),
        Question(
            "`verify` says *equal*, not *identical*. What do you do?",
            (
                "Nothing: every number agrees to the tolerance, and sums were done in another order.",
                "Migrate again.",
                "Raise the tolerance.",
            ),
            "a",
            "32-bit sums depend on their order. Equal is proven; *diverges* is not.",
        ),
        Question(
            "A colleague's program `diverges` at call 1, and you have no TensorFlow 1.15. Where do the old numbers come from?",
            (
                "From nowhere: then nothing can be compared.",
                "From `tf2kit run` of the old program, or from a recording that somebody made.",
                "From the documentation.",
            ),
            "b",
            "without `--reference` and `--legacy-python` the old program runs on today's TensorFlow, migrated in memory.",
        ),
        Question(
            "Why does `tf2kit` say PY203 about `a / b`, instead of changing it?",
            (
                "It depends on values whether the old result was rounded and meant to be; text does not say.",
                "Division is rarely used.",
                "It changes it with the next version.",
            ),
            "a",
            "a tool that guesses changes what a program computes. It asks.",
        ),
        Question(
            "With `--to native` a program of three modules has one line that cannot be lifted. What happens?",
            (
                "Two modules become TensorFlow 2, one stays.",
                "The line is deleted.",
                "The program stays on `compat.v1` as a whole, and NAT501 names the line.",
            ),
            "c",
            "half a graph program does not run. All modules are lifted together, or none.",
        ),
    ),
)
