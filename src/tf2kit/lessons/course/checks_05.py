"""The checks of lesson 5: data pipelines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..judging import close, need


def _dataset(value: Any, what: str) -> Any:
    import tensorflow as tf

    need(isinstance(value, tf.data.Dataset), f"{what} should return a dataset; it returns a {type(value).__name__}.")
    return value


def batches(batches: Callable[..., Any]) -> None:
    import numpy as np

    x = np.arange(103)
    dataset = _dataset(batches(x, 10 * x, 16), "batches(x, y, 16)")
    orders = []
    for _ in range(2):
        pairs = list(dataset.as_numpy_iterator())
        need(
            isinstance(pairs[0], tuple) and len(pairs[0]) == 2,
            "An element should be a pair, a part of x and the same of y. `from_tensor_slices((x, y))`, with inner brackets, makes pairs.",
        )
        need(np.ndim(pairs[0][0]) == 1, "There are no batches: an element has a single example.")
        need(len(pairs[0][0]) == 16, f"The first batch has {len(pairs[0][0])} examples in place of 16.")
        xs, ys = (np.concatenate(column) for column in zip(*pairs, strict=True))
        need(
            np.array_equal(ys, 10 * xs), "x and y do not belong together any more. Shuffle pairs, not each on its own."
        )
        need(
            sorted(xs) == list(x),
            f"Of 103 examples {len(set(xs))} different ones came, {len(xs)} in all. Each should come once in an epoch, those of the "
            "last, short batch as well.",
        )
        orders.append(xs)
    need(not np.array_equal(orders[0], x), "The order is that of the data: nothing is shuffled.")
    need(
        not np.all(np.diff(orders[0][:16]) == 1),
        "Whole batches are shuffled; what is in a batch are neighbours. What is one element where you shuffle?",
    )
    need(
        max(orders[0][:16]) > 45,
        f"The first batch has nothing from beyond number {max(orders[0][:16])} of 103. The buffer is too small: these data fit in it.",
    )
    need(not np.array_equal(orders[0], orders[1]), "The second epoch has the order of the first.")


def _example(got: Any, picture: Any, label: int, what: str) -> None:
    import tensorflow as tf

    need(isinstance(got, tuple) and len(got) == 2, f"{what} should return two things, the picture and the label.")
    need(got[0].dtype == tf.float32, f"The picture is {got[0].dtype.name}; float32 is asked for.")
    need(got[0].shape == (8, 8, 1), f"The picture has shape {got[0].shape}; (8, 8, 1) was expected.")
    need(float(tf.reduce_max(got[0])) <= 1, "The picture goes up to 255. Divide it.")
    close(got[0], picture, "The picture")
    need(got[1].dtype.is_integer, f"The label is {got[1].dtype.name}; it should be a whole number.")
    close(got[1], label, "The label")


def _picture() -> tuple[Any, bytes]:
    """A picture of whole numbers, 8 by 8 by 1, and its PNG."""
    import numpy as np
    import tensorflow as tf

    picture = (np.arange(64) * 4).astype("uint8").reshape(8, 8, 1)
    return picture, tf.io.encode_png(picture).numpy()


def _mapped(dataset: Any, function: Callable[..., Any], hint: str) -> Any:
    """The first element of a dataset behind a learner's function; TensorFlow's long message becomes ``hint``."""
    try:
        return next(iter(dataset.map(function)))
    except Exception as error:  # whatever the learner's code raises
        text = str(error).strip().splitlines()[-1].strip()
        need(False, f"{hint} It raised {type(error).__name__}: {text[:200]}")


def load(load: Callable[..., Any]) -> None:
    import tempfile

    import tensorflow as tf

    picture, png = _picture()
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/0042_is_7.png"
        tf.io.write_file(path, png)
        hint = "`path` is a tensor: Python's ways with text do not work on it, those of `tf.strings` do."
        got = _mapped(tf.data.Dataset.from_tensors(path), load, hint)
    _example(got, picture / 255, 7, "load(path)")


def pipeline(pipeline: Callable[..., Any]) -> None:
    import numpy as np
    import tensorflow as tf

    decoded: list[float] = []
    chance = (
        tf.random.Generator.from_non_deterministic_state()
    )  # with a seed, `tf.random.uniform` begins anew in each epoch

    def slow(x: Any) -> Any:
        decoded.append(float(x))
        return x * np.float32(2)

    def decode(x: Any) -> Any:
        return tf.ensure_shape(tf.numpy_function(slow, [x], tf.float32), [])

    def augment(x: Any) -> Any:
        return x + chance.uniform([])

    numbers = tf.data.Dataset.from_tensor_slices(np.arange(20, dtype="float32"))
    dataset = _dataset(pipeline(numbers, decode, augment), "pipeline(dataset, decode, augment)")
    first, second, third = (np.sort(list(dataset.as_numpy_iterator())) for _ in range(3))
    need(
        len(first) == 20 and np.array_equal(np.floor(first), 2.0 * np.arange(20)),
        "The values are not those of `augment` on what `decode` returns. Decode comes first.",
    )
    need(
        np.any(first != second),
        "The second epoch has the noise of the first: it was kept. What is random goes behind `cache`.",
    )
    need(
        len(decoded) == 20 and not np.array_equal(second, third),
        f"In three epochs of 20 elements `decode` ran {len(decoded)} times. Put `cache` directly behind it.",
    )


def parse(parse: Callable[..., Any]) -> None:
    import tensorflow as tf

    picture, png = _picture()
    example = tf.train.Example()
    example.features.feature["picture"].bytes_list.value.append(png)
    example.features.feature["label"].int64_list.value.append(3)
    record = tf.data.Dataset.from_tensors(example.SerializeToString())
    hint = "Say for each name which shape and type it has, as it was written: bytes for the PNG, whole numbers for the label."
    _example(_mapped(record, parse, hint), picture / 255, 3, "parse(record)")


def windows(windows: Callable[..., Any]) -> None:
    import numpy as np

    series = [float(n * n) for n in range(10)]
    dataset = _dataset(windows(series, 3), "windows(series, 3)")
    pairs = list(dataset.as_numpy_iterator())
    need(
        all(isinstance(pair, tuple) and len(pair) == 2 for pair in pairs),
        "An element should be a pair: the window, and the value that follows it.",
    )
    need(
        all(np.shape(window) == (3,) for window, _ in pairs),
        f"Windows have shapes {sorted({np.shape(w) for w, _ in pairs})}; (3,) each.",
    )
    need(len(pairs) == 7, f"Ten values have 7 windows of three with a value behind them; there are {len(pairs)}.")
    close([window for window, _ in pairs], [series[n : n + 3] for n in range(7)], "The windows of 0, 1, 4, 9, …")
    need(
        not np.allclose([target for _, target in pairs], series[2:9]),
        "The value is the last one of the window. The one after it is asked for; a network could copy the other.",
    )
    close([target for _, target in pairs], series[3:], "The values that follow")
