"""The checks of lesson 14: TFLite on a device."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def answer(answer: Callable[[bytes, Any], Any], content: bytes, pictures: Any) -> None:
    import numpy as np
    from ai_edge_litert.interpreter import Interpreter

    got = answer(content, pictures)
    need(
        not isinstance(got, dict),
        "It returns the dictionary of all outputs. The logits are the entry `output_0` of it.",
    )
    need(np.ndim(got) == 2, f"The result has shape {np.shape(got)}. All ten logits of every picture are asked for.")
    expected = Interpreter(model_content=content).get_signature_runner()(picture=pictures)["output_0"]
    close(got, expected, f"answer(…) for {len(pictures)} pictures")
    try:
        answer(b"not a model at all, but some other bytes", pictures)
    except Exception:  # whatever the learner's code raises
        return
    need(False, "It gives the same answers for any `content`. Make an interpreter of `content` inside the function.")


def to_int8(to_int8: Callable[..., Any]) -> None:
    import numpy as np

    got = np.asarray(to_int8(np.array([0.0, 0.26, -0.26, 1.0], "float32"), 0.1, 3))
    need(got.dtype == np.int8, f'The result has the type {got.dtype}. Make it int8 at the very end: `.astype("int8")`.')
    need(
        got[0] != 0,
        "0.0 became 0. The zero point is the whole number that means 0; add it after the division.",
    )
    need(
        tuple(got) != (3, 5, 1, 13) and tuple(got) != (3, 5, 0, 13),
        f"0.26 with steps of 0.1 is nearest to 3 steps; yours has {got[1] - 3}. `astype` cuts off, it does not round.",
    )
    close(got, [3, 6, 0, 13], "to_int8([0, 0.26, -0.26, 1], 0.1, 3)")
    far = np.asarray(to_int8(np.array([20.0, -20.0], "float32"), 0.1, 0))
    need(
        far[0] == 127 and far[1] == -128,
        f"20 and -20 with steps of 0.1 became {far[0]} and {far[1]}: 200 does not fit, and begins again at the other end. "
        "Clip to -128 … 127 before the type changes.",
    )
    near = np.asarray(to_int8(np.array([20.0], "float32"), 0.1, 10))
    need(near[0] == 127, "Clip last: with a zero point of 10 the sum may leave the range again.")


def scale_and_zero(scale_and_zero: Callable[[float, float], Any]) -> None:
    result = scale_and_zero(-2.0, 6.0)
    need(
        isinstance(result, (tuple, list)) and len(result) == 2,
        "Two numbers are asked for: `return scale, zero`.",
    )
    scale, zero = (float(number) for number in result)
    need(
        abs(scale - 8 / 256) > 1e-6,
        "The scale is 8/256 for values from -2 to 6. There are 256 numbers, but how many steps between the first and the last?",
    )
    close(scale, 8 / 255, "The scale for values from -2 to 6")
    need(
        abs(zero - 64) > 1.0,
        "The zero point is 64 for values from -2 to 6. That would be right if counting began at 0; it begins at -128.",
    )
    need(zero == int(zero), f"The zero point is {zero:.2f}; it has to be a whole number. Round it.")
    need(zero == -64, f"From -2 to 6 the zero point is {zero:.0f}; -64 was expected: -128 has to mean -2.")
    scale, zero = (float(number) for number in scale_and_zero(0.0, 2.55))
    close([scale, zero], [0.01, -128], "scale_and_zero(0, 2.55)")


def samples(samples: Callable[[], Any], pictures: Any, labels: Any) -> None:
    import numpy as np

    made = list(samples())
    need(len(made) >= 100, f"There are {len(made)} samples; at least a hundred are asked for.")
    first = made[0]
    need(
        isinstance(first, (list, tuple)) and len(first) == 1,
        f"Each sample should be a list with one array, one for each input; the first is a {type(first).__name__}.",
    )
    shape, dtype = np.shape(first[0]), np.asarray(first[0]).dtype
    need(
        shape == (1, 8, 8, 1),
        f"The array of a sample has shape {shape}. The network takes a batch, here of one: (1, 8, 8, 1).",
    )
    need(dtype == np.float32, f"The numbers are {dtype}; the network takes float32.")
    digit = {np.asarray(picture).tobytes(): int(label) for picture, label in zip(pictures, labels, strict=True)}
    brightest = max(float(np.max(sample[0])) for sample in made)
    need(
        brightest == 1.0,
        f"The brightest pixel of all samples is {brightest:.3g}; the network's pictures go from 0 to 1. Give them as they are in `train_x`.",
    )
    found = [digit.get(np.asarray(sample[0]).tobytes()) for sample in made]
    need(None not in found, "Some samples are no pictures of `train_x`. Real ones are asked for, unchanged.")
    need(
        len(set(found)) == 10,
        f"Only {len(set(found))} of the ten digits occur. What the others do to the layers was never seen.",
    )


def ask(ask: Callable[..., Any], runner: Any, pictures: Any, original: Any) -> None:
    import numpy as np

    got = np.asarray(ask(runner, pictures))
    need(
        got.shape == original.shape,
        f"The result has shape {got.shape}; ten logits for each picture were expected, {original.shape}.",
    )
    agree = float(np.mean(got.argmax(1) == original.argmax(1)))
    need(
        agree > 0.9,
        f"It agrees with the network on {agree:.0%} of the pictures. `astype` alone makes 0 of 0.9. The input's scale and zero point are in "
        '`runner.get_input_details()["picture"]["quantization"]`; use them as in exercise 14.2.',
    )
    need(
        not np.array_equal(got, np.round(got)),
        "The digits are right now, but the logits are still whole numbers. Turn the output back: scale · (q - zero point), in floats.",
    )
    (start, low), (step, zero) = (
        details["quantization"]
        for details in (runner.get_input_details()["picture"], runner.get_output_details()["output_0"])
    )
    whole = np.clip(np.round(pictures / start + low), -128, 127).astype("int8")
    expected = step * (runner(picture=whole)["output_0"].astype("float32") - zero)
    error = float(np.abs(got - expected).max())
    need(
        error < 4 * step,
        f"Some logits are off by {error:.1f}. Is it the *output's* scale and zero point that you use, and are the integers made floats "
        "before you subtract? In 8 bits a difference that is too large begins again at the other end.",
    )
