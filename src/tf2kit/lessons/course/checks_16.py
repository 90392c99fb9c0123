"""The checks of lesson 16: ONNX and serving."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..judging import close, need


def save(save: Callable[[str], Any], rows: Any, probabilities: Any) -> None:
    import numpy as np
    import tensorflow as tf

    with tempfile.TemporaryDirectory() as folder:
        save(f"{folder}/mine")
        need(
            Path(folder, "mine", "saved_model.pb").exists(),
            "No SavedModel was written to `path`. The last step is `archive.write_out(path)`.",
        )
        loaded = tf.saved_model.load(f"{folder}/mine")
        names = sorted(loaded.signatures)
        need("classify" in names, f"The endpoints are called {', '.join(names)}; `classify` was expected.")
        got = loaded.signatures["classify"](tf.constant(rows))
    need(
        sorted(got) == ["grower", "sure"],
        f"The outputs are called {', '.join(sorted(got))}; return a dictionary with `grower` and `sure`.",
    )
    close(np.asarray(got["grower"]), probabilities.argmax(1), "`grower`")
    close(np.asarray(got["sure"]), probabilities.max(1), "`sure`, the probability of that class", tolerance=1e-3)


def agree(agree: Callable[..., Any]) -> None:
    import numpy as np

    original = np.array([0.0, 0.5, 1000.0])
    need(agree(original, original.copy(), 1e-5), "It says False of two arrays that are equal.")
    need(
        agree(original, original + np.array([0.0, 0.0, 1e-3]), 1e-5),
        "1000.001 is as good as 1000 with a limit of 1e-5: errors of large numbers are relative.",
    )
    need(
        agree(original, original + np.array([1e-6, 0.0, 0.0]), 1e-5),
        "0.000001 is as good as 0 with a limit of 1e-5. Relative to zero everything is far away; divide by at least 1.",
    )
    need(not agree(original, original + np.array([0.0, 0.1, 0.0]), 1e-5), "It says True where 0.5 became 0.6.")
    need(
        not agree(original, np.array([0.0, np.nan, 1000.0]), 1e-5),
        "It says True of `nan`. Every comparison with `nan` is False, `nan > limit` too. Ask whether all are *within* the limit.",
    )
    need(
        not agree(np.full(100, 0.5), np.array(0.5), 1e-5),
        "It says True of one number in place of a hundred: NumPy repeats it (broadcasting). Compare the shapes first.",
    )
    need(
        not agree(np.zeros((3, 1)), np.zeros(3), 1e-5),
        "It says True of shapes (3, 1) and (3,), which NumPy makes (3, 3) of. Compare the shapes first.",
    )


def ask(ask: Callable[..., Any], session: Any, measures: Any) -> None:
    import numpy as np

    (expected,) = session.run(None, {"measures": measures.astype("float32")})
    got = _said(ask, session, measures.tolist())
    need(
        not isinstance(got, list),
        "It returns the list of all outputs, as `run` does. The probabilities are its first element.",
    )
    close(got, expected, "The answer for three wines as a list of lists")
    got = _said(ask, session, measures[0])
    need(np.shape(got) == (1, 3), f"For a single wine the result has shape {np.shape(got)}; (1, 3) was expected.")
    close(got, expected[:1], "The answer for a single wine", tolerance=1e-3)
    _said(ask, session, np.round(measures).astype(int))


def _said(ask: Callable[..., Any], session: Any, measures: Any) -> Any:
    try:
        return ask(session, measures)
    except Exception as error:
        text = str(error)
        need("data type" not in text, "onnxruntime got a type that it does not take. Make an array of float32 first.")
        need("rank" not in text, "A single wine has one axis, the model wants two. `reshape(-1, 13)` does for both.")
        raise


def handle(handle: Callable[[bytes], Any], rows: Any, probabilities: Any) -> None:
    result = _handled(handle, json.dumps({"instances": rows.tolist()}).encode(), "a good request")
    status, answer = result
    need(status == 200, f"A good request got the status {status}, with {answer}.")
    need(
        isinstance(answer, dict) and "predictions" in answer,
        'The answer to a good request is a dictionary with "predictions".',
    )
    close(answer["predictions"], probabilities, "The predictions for two wines", tolerance=1e-3)
    bad = {
        "a wine with 12 measures": {"instances": rows[:, :12].tolist()},
        'a body without "instances"': {"rows": rows.tolist()},
        "words in place of numbers": {"instances": [["red"] * 13]},
        "a list in place of an object": [1, 2],
    }
    bodies = {what: json.dumps(body).encode() for what, body in bad.items()} | {"a body that is no JSON": b"{oops"}
    for what, body in bodies.items():
        status, answer = _handled(handle, body, what)
        need(status == 400, f"For {what} the status is {status}; 400 was expected.")
        text = answer.get("error") if isinstance(answer, dict) else None
        need(
            isinstance(text, str) and len(text) > 5,
            f'For {what} the answer should be {{"error": "…"}} with a sentence; it is {answer!r}.',
        )


def _handled(handle: Callable[[bytes], Any], body: bytes, what: str) -> tuple[Any, Any]:
    try:
        result = handle(body)
    except Exception as error:
        need(
            False, f"For {what} it raises {type(error).__name__}. The client would get no answer; catch it, answer 400."
        )
    need(
        isinstance(result, tuple) and len(result) == 2,
        f"For {what} it returns a {type(result).__name__}; a status and a dictionary were expected.",
    )
    try:
        json.dumps(result[1])
    except TypeError as error:
        need(False, f"JSON cannot hold the answer: {error}. Make lists of arrays with `tolist()`.")
    return result[0], result[1]


def newest(newest: Callable[[Path], Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("1", "2", "notes"):
            (folder / part).mkdir()
        got = newest(folder)
        need(got is not None, "newest(…) returns nothing. End it with `return …`.")
        need(
            Path(got).name != "notes",
            "Of 1, 2 and notes it takes notes. Only names that are whole numbers count: `name.isdigit()`.",
        )
        need(folder / "2" == Path(got), f"Of 1, 2 and notes it takes {got}; the path of the folder 2 was expected.")
        for part in ("10", "11.part"):
            (folder / part).mkdir()
        got = Path(newest(folder))
        need(got.name != "11.part", "It takes 11.part, which is still being written.")
        need(
            got.name == "10",
            f'Of 1, 2 and 10 it takes {got.name}. Texts are compared letter by letter, so that "2" comes after "10"; compare numbers.',
        )
