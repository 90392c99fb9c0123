"""Lesson 3: variables and automatic differentiation."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_03

_DESCEND = """
def descend(weight, bias, loss_of, rate):
    with tf.GradientTape() as tape:
        loss = loss_of(weight, bias)
    to_weight, to_bias = tape.gradient(loss, [weight, bias])
    {}
    {}
    return loss
"""
_MINIMUM = """
def minimum(function):
    weight = tf.Variable(0.0)
    for _ in range(50):
        with tf.GradientTape() as tape:
            loss = function(weight)
        {}
    return weight
"""

LESSON = Lesson(
    number=3,
    slug="variables_and_gradients",
    title="Variables and automatic differentiation",
    minutes=45,
    needs=(2,),
    rules=("NAT500",),
    exercises=(
        Exercise(
            "03-1",
            "a variable is changed in place",
            checks_03.remember,
            hints=("A tenth of the way: add a tenth of the difference.", "`average.assign_add(…)`"),
            solution="""
            def remember(average, value):
                average.assign_add(0.1 * (value - average))
            """,
            wrong=(
                "def remember(average, value):\n    average = 0.9 * average + 0.1 * value",
                "def remember(average, value):\n    average.assign_add(0.1 * value)",
            ),
        ),
        Exercise(
            "03-2",
            "a tape gives the derivative of any function",
            checks_03.slope,
            hints=(
                "Make a variable of `x` first, or a tensor that the tape watches.",
                "Call `function(x)` inside the `with`.",
            ),
            solution="""
            def slope(function, x):
                x = tf.Variable(x)
                with tf.GradientTape() as tape:
                    y = function(x)
                return tape.gradient(y, x)
            """,
            wrong=(
                """
                def slope(function, x):
                    x = tf.constant(x)
                    with tf.GradientTape() as tape:
                        y = function(x)
                    return tape.gradient(y, x)
                """,
                """
                def slope(function, x):
                    x = tf.Variable(x)
                    y = function(x)
                    with tf.GradientTape() as tape:
                        tape.watch(x)
                    return tape.gradient(y, x)
                """,
            ),
        ),
        Exercise(
            "03-3",
            "a derivative that was measured on both sides cannot be fooled",
            checks_03.measured,
            hints=(
                "Put the formula into Python, word for word.",
                "The whole difference is divided: mind the brackets around `2 * h`.",
            ),
            solution="""
            def measured(function, x, h=0.01):
                return (function(x + h) - function(x - h)) / (2 * h)
            """,
            wrong=(
                "def measured(function, x, h=0.01):\n    return (function(x + h) - function(x)) / h",
                "def measured(function, x, h=0.01):\n    return (function(x + h) - function(x - h)) / h",
            ),
        ),
        Exercise(
            "03-4",
            "one step downhill is all there is to training",
            checks_03.descend,
            hints=(
                "`tape.gradient(loss, [weight, bias])` gives a list of two.",
                "`weight.assign_sub(rate * …)` after the `with`, and the same for the bias.",
            ),
            solution=_DESCEND.format("weight.assign_sub(rate * to_weight)", "bias.assign_sub(rate * to_bias)"),
            wrong=(
                _DESCEND.format("weight.assign_add(rate * to_weight)", "bias.assign_add(rate * to_bias)"),
                _DESCEND.format("weight = weight - rate * to_weight", "bias = bias - rate * to_bias"),
                _DESCEND.format("weight.assign_sub(rate * to_weight)", "bias.assign_sub(rate * to_weight)"),
            ),
        ),
        Exercise(
            "03-5",
            "the variable has to stay the variable",
            checks_03.minimum,
            hints=(
                "What is `weight` after the first round: a variable, or a tensor?",
                "It is exercise 3.1 once more: change it in place.",
            ),
            solution=_MINIMUM.format("weight.assign_sub(0.1 * tape.gradient(loss, weight))"),
            wrong=(
                _MINIMUM.format("weight = weight - 0.1 * tape.gradient(loss, weight)"),
                _MINIMUM.format("weight.assign(0.1 * tape.gradient(loss, weight))"),
            ),
        ),
    ),
    quiz=(
        Question(
            "`v = tf.Variable(1.0); t = v * 2; v.assign(10.0)`. What is `t`?",
            ("20", "2", "It has no value any more."),
            "b",
            "an operation reads the place once and makes a value.",
        ),
        Question(
            "`tape.gradient(loss, weights)` contains a `None`. What is the most likely reason?",
            (
                "The loss does not depend on that weight through operations that the tape saw.",
                "The gradient is zero.",
                "The learning rate is too small.",
            ),
            "a",
            "zero would be 0.0; `None` means that there is no way from the one to the other.",
        ),
        Question(
            "The gradient of a vector of 5 losses with respect to a weight of shape `(3,)` has shape …",
            ("`(5, 3)`", "`(5,)`", "`(3,)`"),
            "c",
            "it is the gradient of the sum, and a gradient has the shape of the weight.",
        ),
        Question(
            "You make `h` a thousand times smaller, and the measured derivative becomes worse. Why?",
            (
                "The function is not smooth.",
                "Two nearly equal 32-bit numbers are subtracted, and their rounding is divided by a tiny `h`.",
                "The tape was used twice.",
            ),
            "b",
            "from some point on rounding is larger than what you gain.",
        ),
        Question(
            "After one training step all weights are `nan`. Where do you look?",
            (
                "At the data's order.",
                "At the version of TensorFlow.",
                "For an exponential, a logarithm or a division in the loss that overflows.",
            ),
            "c",
            "use the stable forms, such as `tf.math.softplus` and losses with `from_logits=True`.",
        ),
    ),
)
