"""Lesson 14: TFLite on a device."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_14

_ANSWER = """
def answer(content, pictures):
    runner = Interpreter(model_content=content).get_signature_runner()
    return {}
"""
_SAMPLES = """
def samples():
    for picture in {}:
        yield {}
"""
_ASK = """
def ask(runner, pictures):
    scale, zero = runner.get_input_details()["picture"]["quantization"]
    whole = np.clip(np.round(pictures / scale + zero), -128, 127).astype("int8")
    scale, zero = runner.get_output_details()["output_0"]["quantization"]
    return {}
"""

LESSON = Lesson(
    number=14,
    slug="tflite_on_a_device",
    title="TFLite on a device",
    minutes=45,
    needs=(4,),
    rules=("CTB203",),
    exercises=(
        Exercise(
            "14-1",
            "a file of some kilobytes is all that answers need",
            checks_14.answer,
            hints=(
                "Three steps: an `Interpreter` of the content, its signature runner, a call with `picture=…`.",
                'The call gives a dictionary; the logits are at `["output_0"]`.',
            ),
            solution=_ANSWER.format('runner(picture=pictures)["output_0"]'),
            wrong=(
                _ANSWER.format("runner(picture=pictures)"),
                _ANSWER.format('runner(picture=pictures)["output_0"].argmax(1)'),
                'def answer(content, pictures):\n    return runner(picture=pictures)["output_0"]',
            ),
        ),
        Exercise(
            "14-2",
            "a real number is a step, counted from the zero point, and cut off at both ends",
            checks_14.to_int8,
            hints=(
                "`np.round(x / scale)`, and the zero point is added.",
                "`np.clip(…, -128, 127)` comes before `.astype(…)`.",
            ),
            solution="""
            def to_int8(x, scale, zero):
                return np.clip(np.round(x / scale) + zero, -128, 127).astype("int8")
            """,
            wrong=(
                'def to_int8(x, scale, zero):\n    return np.clip(x / scale + zero, -128, 127).astype("int8")',
                'def to_int8(x, scale, zero):\n    return (np.round(x / scale) + zero).astype("int32").astype("int8")',
                'def to_int8(x, scale, zero):\n    return np.clip(np.round(x / scale), -128, 127).astype("int8")',
            ),
        ),
        Exercise(
            "14-3",
            "a wide range makes large steps",
            checks_14.scale_and_zero,
            hints=(
                "From -128 to 127 there are 255 steps.",
                "`low` is scale · (-128 - zero). Solve that for zero, and round.",
            ),
            solution="""
            def scale_and_zero(low, high):
                scale = (high - low) / 255
                return scale, round(-128 - low / scale)
            """,
            wrong=(
                """
                def scale_and_zero(low, high):
                    scale = (high - low) / 256
                    return scale, round(-128 - low / scale)
                """,
                """
                def scale_and_zero(low, high):
                    scale = (high - low) / 255
                    return scale, round(-low / scale)
                """,
            ),
        ),
        Exercise(
            "14-4",
            "calibration sees what the application will send",
            checks_14.samples,
            hints=(
                "A generator is a function with `yield`; go through the first hundred of `train_x` with `for`.",
                "`picture[None]` has an axis for the batch; `yield [picture[None]]`.",
            ),
            solution=_SAMPLES.format("train_x[:100]", "[picture[None]]"),
            wrong=(
                _SAMPLES.format("train_x[train_y == 1][:100]", "[picture[None]]"),
                _SAMPLES.format("train_x[:100]", "[16 * picture[None]]"),
                _SAMPLES.format("train_x[:100]", "picture"),
            ),
        ),
        Exercise(
            "14-5",
            "whoever feeds integers needs scale and zero point, at both ends",
            checks_14.ask,
            hints=(
                "Two conversions are missing: real to whole before the call, whole to real behind it.",
                "Pixels from 0 to 1 become 0 with `astype`. Divide by the input's scale first (exercise 14.2).",
                '`scale * (output.astype("float32") - zero)`, with the numbers of the output.',
            ),
            solution=_ASK.format('scale * (runner(picture=whole)["output_0"].astype("float32") - zero)'),
            wrong=(
                'def ask(runner, pictures):\n    return runner(picture=pictures.astype("int8"))["output_0"]',
                _ASK.format('runner(picture=whole)["output_0"]'),
                _ASK.format('scale * (runner(picture=whole)["output_0"] - np.int8(zero))'),
            ),
        ),
    ),
    quiz=(
        Question(
            "An int8 file has the accuracy of the float model on test data. Can a part of the application that reads its *logits* rely on them?",
            (
                "Yes: equal accuracy means equal outputs.",
                "No: accuracy only looks at which output is largest. Compare the numbers themselves.",
                "Yes, if the file was calibrated.",
            ),
            "b",
            "errors that are smaller than the lead of the largest output do not show in the accuracy.",
        ),
        Question(
            "A tensor was calibrated to lie between 0 and 1. In use it becomes 3. What does the file compute with?",
            ("About 1.", "3, with a larger error.", "It raises an error."),
            "a",
            "it is cut off at the end of the range, without a word.",
        ),
        Question(
            "One value of 1,000 among values below 1 was in the calibration data. What becomes of the others?",
            (
                "Nothing: each value has its own scale.",
                "They are cut off.",
                "The steps become about 4 wide, so that all of them are rounded to the same number.",
            ),
            "c",
            "255 steps have to reach from one end to the other; outliers cost everybody else precision.",
        ),
        Question(
            "Which of these needs a representative data set?",
            (
                "float16: weights in half the bits.",
                "int8: weights and everything between the layers in 8 bits.",
                "dynamic: weights in 8 bits.",
            ),
            "b",
            "ranges of weights are known; those between layers depend on the inputs. Dynamic files measure them while they run.",
        ),
        Question(
            "The converter suggests select ops. What do you give up with them?",
            (
                "The file needs TensorFlow's own operations at run time, which LiteRT for Python does not have.",
                "Nothing but some speed.",
                "The model's weights are no longer in the file.",
            ),
            "a",
            "name the operations first: often the model can be written without them, and `tf2kit export` rewrites many.",
        ),
    ),
)
