"""The checks of lesson 10: saving."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..judging import close, need


def through_file(through_file: Callable[[Any, str], Any], model: Any) -> None:
    import numpy as np

    x = np.random.default_rng(1).random((5, 8, 8)).astype("float32")
    before = np.asarray(model(x))
    with tempfile.TemporaryDirectory() as folder:
        copy = through_file(model, f"{folder}/copy.keras")
        need(copy is not None, "It returns None. End with the model that was loaded.")
        need(copy is not model, "It returns the very model that it was given. Load one from the file and return that.")
        need(Path(folder, "copy.keras").exists(), "There is no file at `path` afterwards. Save the model there first.")
    need(
        np.allclose(copy(x), before, atol=1e-4),
        "The copy gives other outputs: its weights are new ones. A clone has the architecture only; load the file.",
    )
    need(
        copy.optimizer is not None and int(copy.optimizer.iterations) == int(model.optimizer.iterations),
        "The weights are right, but the optimizer did not come along. Save the whole model, not its weights alone.",
    )


def clip(clip: Any) -> None:
    import keras
    import numpy as np

    x = np.array([[-5.0, 0.5, 5.0]], dtype="float32")
    close(clip(low=-1.0, high=2.0)(x), [[-1.0, 0.5, 2.0]], "Clip(low=-1, high=2) of [-5, 0.5, 5]")
    try:
        again = clip.from_config(clip(low=-1.0, high=2.0).get_config())
    except TypeError as error:
        need(False, f"A layer cannot be made from its own configuration: {error}")
    close(again(x), [[-1.0, 0.5, 2.0]], "What was made from the configuration of Clip(low=-1, high=2)")
    need(
        ">" in str(keras.saving.get_registered_name(clip)),
        "It keeps its arguments, but another program would not find the class: register it, "
        'with `@keras.saving.register_keras_serializable(package="mine")`.',
    )


def service(service: Any, model: Any) -> None:
    import numpy as np
    import tensorflow as tf

    pixels = np.random.default_rng(2).integers(0, 17, (6, 8, 8)).astype("uint8")
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(service(model), folder)
        loaded = tf.saved_model.load(folder)
        need(
            hasattr(loaded, "read"),
            "The SavedModel has no `read`: a plain Python function is not saved. Make it a `tf.function` with an input signature.",
        )
        try:
            got = loaded.read(tf.constant(pixels))
        except (TypeError, ValueError):
            need(False, "The saved `read` refuses a batch of six pictures of type `uint8`. Which signature has it?")
        need(isinstance(got, dict), f'`read` should return a dictionary with "digit" and "sure"; it is a {type(got)}.')
        need(set(got) == {"digit", "sure"}, f'The keys should be "digit" and "sure"; they are {sorted(got)}.')
        sure = np.asarray(got["sure"])
    right = np.asarray(tf.nn.softmax(model(pixels.astype("float32") / 16)))
    need(
        not np.allclose(sure, np.asarray(tf.nn.softmax(model(pixels.astype("float32")))).max(axis=1), atol=1e-4),
        "The model was trained on pixels from 0 to 1; these go to 16. Divide inside `read`, so that no caller can forget it.",
    )
    need(
        sure.shape == (6,) and (sure <= 1.0).all(),
        f'"sure" should be one probability per picture; it is {sure.round(2)}. Softmax first, then the largest.',
    )
    close(sure, right.max(axis=1), '"sure"', tolerance=1e-3)
    close(got["digit"], right.argmax(axis=1), '"digit"')


def resume(resume: Callable[[str, int], Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as other:
        whole = _pair(resume(other, 50))
        need(whole[0] == 50, f"In an empty folder, until step 50, 50 steps are to be made; you say {whole[0]}.")
        close(whole[1], 1 - 0.9**50, "The weight after 50 steps", tolerance=1e-4)
        first = _pair(resume(folder, 30))
        second = _pair(resume(folder, 50))
    need(first[0] == 30, f"Until step 30, 30 steps are to be made; you say {first[0]}.")
    need(
        second[0] == 20,
        f"30 steps were made and saved. The next call, until step 50, should make 20; it makes {second[0]}. "
        "Is the step in the checkpoint, and is the latest checkpoint restored before the loop?",
    )
    close(second[1], whole[1], "The weight after 30 and then 20 steps, not 50 at once,", tolerance=1e-5)


def _pair(value: Any) -> tuple[int, float]:
    need(
        isinstance(value, tuple) and len(value) == 2,
        f"resume(…) should return two numbers, the steps made by this call and the weight; it returns {value!r}.",
    )
    return int(value[0]), float(value[1])


def chosen(chosen: dict[str, Any]) -> None:
    right = {
        "colleague": (".keras", "She has Python and Keras, and wants to train it further: architecture, weights and optimizer in one file."),
        "server": ("SavedModel", "A server in C++ has no Python: it needs the computation itself, with a signature."),
        "night": ("checkpoint", "What is needed is all state of a loop of your own, every few minutes, with old ones deleted."),
        "twin": (".weights.h5", "Both programs build the architecture themselves; only the numbers have to travel."),
    }  # fmt: skip
    for name, (answer, why) in right.items():
        got = chosen.get(name)
        need(got is not ..., f'"{name}" is still open.')
        need(got in {row for row, _ in right.values()}, f'"{name}": {got!r} is none of the four formats above.')
        need(got == answer, f'"{name}": not {got}. {why}')
