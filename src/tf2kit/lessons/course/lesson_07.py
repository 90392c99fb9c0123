"""Lesson 7: tf.function and AutoGraph."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_07

_STRENGTH = "{}\ndef strength(x):\n    return tf.sqrt(tf.reduce_mean(x**2))"
_SHAKEN = "@tf.function\ndef shaken(x):\n    return x + {}"
_MEAN = """
class Mean(tf.Module):
    def __init__(self):
        super().__init__()
        self.sum = {0}
        self.count = {0}

    @tf.function
    def __call__(self, x):
        {1}
        {2}
        return self.sum / self.count
"""
_COLLATZ = """
@tf.function
def collatz(n):
    steps = {}
    while {}:
        if n % 2 == 0:
            n = n // 2
        else:
            n = 3 * n + 1
        steps += 1
    return steps
"""

LESSON = Lesson(
    number=7,
    slug="functions_and_autograph",
    title="tf.function and AutoGraph",
    minutes=45,
    needs=(2, 3),
    rules=("NAT500", "RUN401"),
    exercises=(
        Exercise(
            "07-1",
            "a signature says what may change, and one trace is enough",
            checks_07.strength,
            hints=(
                "`@tf.function(input_signature=[…])` has one `tf.TensorSpec(shape, type)` for each argument.",
                "The shape of a vector of any length is `[None]`.",
            ),
            solution=_STRENGTH.format("@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])"),
            wrong=(
                _STRENGTH.format("@tf.function"),
                _STRENGTH.format("@tf.function(input_signature=[tf.TensorSpec([1], tf.float32)])"),
                "def strength(x):\n    return tf.sqrt(tf.reduce_mean(x**2))",
            ),
        ),
        Exercise(
            "07-2",
            "what shall be new in each call has to be an operation",
            checks_07.shaken,
            hints=("`tf.random.uniform(shape)` draws in each call.", "The shape is `tf.shape(x)`."),
            solution=_SHAKEN.format("tf.random.uniform(tf.shape(x))"),
            wrong=(
                _SHAKEN.format('np.random.rand(*x.shape).astype("float32")'),
                _SHAKEN.format("tf.random.uniform([])"),
                _SHAKEN.format("tf.random.Generator.from_seed(1).uniform(tf.shape(x))"),
            ),
        ),
        Exercise(
            "07-3",
            "a graph remembers in variables, which are made once",
            checks_07.mean,
            hints=(
                "Two variables, made in `__init__`: the sum, and how many there were.",
                "`self.sum.assign_add(x)`, `self.count.assign_add(1.0)`, and divide. `@tf.function` stands above `__call__`.",
            ),
            solution=_MEAN.format("tf.Variable(0.0)", "self.sum.assign_add(x)", "self.count.assign_add(1.0)"),
            wrong=(
                _MEAN.format("0.0", "self.sum = self.sum + x", "self.count += 1"),
                _MEAN.format("tf.Variable(0.0)", "self.sum.assign_add(x)", "self.count = 1.0"),
                _MEAN.format("None", "self.sum = tf.Variable(0.0)", "self.count = tf.Variable(1.0)"),
            ),
        ),
        Exercise(
            "07-4",
            "loops and conditions on tensors are written like Python",
            checks_07.collatz,
            hints=(
                "`while n != 1:` works as it stands: AutoGraph makes a loop of the graph.",
                "Start with `steps = 0`, and add 1 in each round.",
            ),
            solution=_COLLATZ.format("0", "n != 1"),
            wrong=(
                _COLLATZ.format("0", "n != 1").replace("//", "/"),
                _COLLATZ.format("1", "n != 1"),
                _COLLATZ.format("0", "n > 2"),
            ),
        ),
        Exercise(
            "07-5",
            "make a tf.function once and call it often",
            checks_07.repeat,
            hints=(
                "The line `tf.function(function)` belongs in front of the loop.",
                "Then the loop calls what you made.",
            ),
            solution="""
            def repeat(function, x, times):
                compiled = tf.function(function)
                for _ in range(times):
                    x = compiled(x)
                return x
            """,
            wrong=(
                """
                def repeat(function, x, times):
                    for _ in range(times):
                        x = tf.function(function)(x)
                    return x
                """,
                """
                def repeat(function, x, times):
                    @tf.function
                    def all_rounds(x):
                        for _ in range(times):
                            x = function(x)
                        return x

                    return all_rounds(x)
                """,
                "def repeat(function, x, times):\n    for _ in range(times):\n        x = function(x)\n    return x",
            ),
        ),
    ),
    quiz=(
        Question(
            "A function is called as `step(x, 0)`, `step(x, 1)`, `step(x, 2)` … and becomes slower and slower. Why?",
            (
                "The graph grows with each call.",
                "Each Python number is a new trace. Pass a tensor.",
                "`x` is copied.",
            ),
            "b",
            "Python values are part of the graph, so each one needs a graph of its own.",
        ),
        Question(
            "A layer has `if np.random.rand() < 0.5:` in its `call`. What does `fit` do with it?",
            (
                "It draws anew in each step.",
                "It raises, since NumPy is not allowed.",
                "It draws when the step is traced, and the choice stays for the whole training.",
            ),
            "c",
            "NumPy runs in the time of tracing, and only then.",
        ),
        Question(
            "You decorate a function that is one large convolution. What do you gain?",
            (
                "Nearly nothing: the time is spent inside the operation.",
                "Much, since convolutions are expensive.",
                "It becomes slower by half.",
            ),
            "a",
            "what `tf.function` saves is the way from one operation to the next.",
        ),
        Question(
            "`for row in rows:` inside a `tf.function`. When does the graph contain a loop, and not all rounds?",
            ("Always.", "When `rows` is a tensor or a dataset.", "When `rows` is a list."),
            "b",
            "AutoGraph makes loops of tensors and datasets; what is Python's is unrolled.",
        ),
        Question(
            "A list, filled inside a `tf.function`, holds `<tf.Tensor 'mul:0' …>`. How do you get the numbers?",
            ("`.numpy()` on each.", "`tf.print` on the list.", "Return them from the function."),
            "c",
            "a node of a graph has no value outside; what comes out by `return` has.",
        ),
    ),
)
