"""Lesson 17: what sessions, graphs and placeholders became."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_17

_ENERGY = """
@tf.function{}
def energy(x):
    return tf.reduce_sum(x * x, axis=1)
"""
_LINEAR = """
class Linear(tf.Module):
    def __init__(self):
        super().__init__()
        {}

    def __call__(self, x):
        {}
        return x @ {} + {}
"""
_SCHEDULE = """
class Schedule(tf.Module):
    def __init__(self):
        super().__init__()
        self.done = {}

    @tf.function
    def __call__(self):
        {}
        return 0.1 * 0.5 ** (self.done / 10)
"""
_FIT = """
def fit(x, y, rate, steps):
    weight, bias = tf.Variable(0.0), tf.Variable(0.0)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(weight * x + bias - y))
        to_weight, to_bias = tape.gradient(loss, [weight, bias])
        {}
        {}
        losses.append({})
    return losses
"""
_STEP = ("weight.assign_sub(rate * to_weight)", "bias.assign_sub(rate * to_bias)")

LESSON = Lesson(
    number=17,
    slug="thinking_in_tf2",
    title="Thinking in TensorFlow 2",
    minutes=45,
    needs=(2, 3),
    rules=("NAT500", "NAT501", "RUN401"),
    exercises=(
        Exercise(
            "17-1",
            "a node is computed in each run, so it belongs inside the function",
            checks_17.noisy,
            hints=(
                "`x` may be a list: `x = tf.convert_to_tensor(x)` first.",
                "Two lines: the noise, with shape `tf.shape(x)`, and the sum.",
            ),
            solution="""
            def noisy(x):
                x = tf.convert_to_tensor(x)
                return x + tf.random.normal(tf.shape(x), stddev=0.1)
            """,
            wrong=(
                "noise = tf.random.normal([2000], stddev=0.1)\n\n\ndef noisy(x):\n    return x + noise",
                "def noisy(x):\n    return tf.convert_to_tensor(x) + tf.random.normal([], stddev=0.1)",
                "def noisy(x):\n    return x + tf.random.normal([len(x)])",
            ),
        ),
        Exercise(
            "17-2",
            "a placeholder's shape and type became an input signature",
            checks_17.energy,
            hints=(
                "The signature is a list with one `tf.TensorSpec(shape, type)` per argument.",
                "`@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])`, and the sum is over axis 1.",
            ),
            solution=_ENERGY.format("(input_signature=[tf.TensorSpec([None, 3], tf.float32)])"),
            wrong=(
                _ENERGY.format(""),
                _ENERGY.format("(input_signature=[tf.TensorSpec([2, 3], tf.float32)])"),
                _ENERGY.format("(input_signature=[tf.TensorSpec([None, None], tf.float32)])"),
            ),
        ),
        Exercise(
            "17-3",
            "variables belong to an object, not to a name in a graph",
            checks_17.linear,
            hints=(
                "`self.w = tf.Variable(tf.ones([3, 2]))` in `__init__`; and the bias?",
                "`__call__` uses `self.w` and `self.b`, and makes nothing.",
            ),
            solution=_LINEAR.format(
                "self.w, self.b = tf.Variable(tf.ones([3, 2])), tf.Variable(tf.zeros([2]))", "", "self.w", "self.b"
            ),
            wrong=(
                _LINEAR.format("", "w, b = tf.Variable(tf.ones([3, 2])), tf.Variable(tf.zeros([2]))", "w", "b"),
                _LINEAR.format("self.w, self.b = tf.ones([3, 2]), tf.zeros([2])", "", "self.w", "self.b"),
            ),
        ),
        Exercise(
            "17-4",
            "what changes from run to run is a variable",
            checks_17.schedule,
            hints=(
                "Python's `self.done + 1` runs while the plan is traced, once. Which line would be part of the plan?",
                "`self.done = tf.Variable(0.0)`, and `self.done.assign_add(1.0)` in each call.",
            ),
            solution=_SCHEDULE.format("tf.Variable(0.0)", "self.done.assign_add(1.0)"),
            wrong=(
                _SCHEDULE.format("0", "self.done += 1"),
                _SCHEDULE.format("tf.Variable(0.0)", "self.done + 1.0"),
            ),
        ),
        Exercise(
            "17-5",
            "a whole program, thought anew",
            checks_17.fit,
            hints=(
                "The two variables first. Then a loop: a tape, the loss, the gradients, two `assign_sub`, one `append`.",
                "The loss that is kept is the one that the tape saw, before the step.",
            ),
            solution=_FIT.format(*_STEP, "loss.numpy()"),
            wrong=(
                _FIT.format(*_STEP, "tf.reduce_mean(tf.square(weight * x + bias - y)).numpy()"),
                _FIT.format("weight = weight - rate * to_weight", _STEP[1], "loss.numpy()"),
                _FIT.format("weight.assign_add(rate * to_weight)", "bias.assign_add(rate * to_bias)", "loss.numpy()"),
                _FIT.format("weight, bias = tf.Variable(0.0), tf.Variable(0.0)", "pass", "loss.numpy()"),
            ),
        ),
    ),
    quiz=(
        Question(
            "An old program has `noise = tf.random_normal([8])` near its top. You move it to the top of a TensorFlow 2 module. What changes?",
            (
                "Nothing: it is the same line.",
                "Noise that was new in every run is now drawn once, for ever.",
                "It raises, since there is no session.",
            ),
            "b",
            "a node was a recipe; an eager tensor is a result. Put recipes into functions.",
        ),
        Question(
            "What became of `feed_dict={x: batch}`?",
            ("A function argument.", "`tf.Variable.assign`.", "A global dictionary of Keras."),
            "a",
            "placeholders are parameters, feeding is calling.",
        ),
        Question(
            "Inside `tf.function` you write `v.assign(5.0)` and below it `return v * 2`. What is computed?",
            (
                "Twice the old value, unless a control dependency says otherwise.",
                "Either, from run to run.",
                "10: effects happen in the order of the lines.",
            ),
            "c",
            "functions add the dependencies that one wrote by hand in TensorFlow 1.",
        ),
        Question(
            "A helper function of an old program calls `tf.get_variable`. You call its translation in every training step. What must you change?",
            (
                "Nothing, since names are reused.",
                "Make its variables once, in an object, and hand that to every step.",
                "Call `tf.compat.v1.global_variables_initializer` in every step.",
            ),
            "b",
            "in a graph program the helper ran once, while the graph was built. Now it runs in every step.",
        ),
        Question(
            "Which line of an old program has no counterpart at all?",
            (
                "`sess.run(tf.global_variables_initializer())`",
                "`optimizer.minimize(loss)`",
                "`tf.placeholder(tf.float32, [None, 3])`",
            ),
            "a",
            "a variable has its value from the moment it is made.",
        ),
    ),
)
