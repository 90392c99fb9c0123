"""Lesson 5: data pipelines with tf.data and tensorflow-datasets."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_05

_BATCHES = "def batches(x, y, size):\n    return {}"
_LOAD = """
def load(path):
    picture = tf.io.decode_png(tf.io.read_file(path), channels=1)
    {}
    return {}, label
"""
_PARSE = """
def parse(record):
    row = tf.io.parse_single_example(
        record,
        {{"picture": tf.io.FixedLenFeature([], tf.string), "label": tf.io.FixedLenFeature({}, tf.int64)}},
    )
    return {}, row["label"]
"""
_DECODE = 'tf.cast(tf.io.decode_png(row["picture"], channels=1), tf.float32) / 255'
_WINDOWS = """
def windows(series, length):
    series = tf.constant(series)
    starts = tf.data.Dataset.range(len(series) - {})

    def at(start):
        return series[start : start + length], series[start + {}]

    return starts.map(at)
"""

LESSON = Lesson(
    number=5,
    slug="data_pipelines",
    title="Data pipelines with tf.data and tensorflow-datasets",
    minutes=45,
    needs=(2, 4),
    rules=("NAT500", "NAT501"),
    exercises=(
        Exercise(
            "05-1",
            "pairs are shuffled one by one, in a buffer that is large enough, and then stacked",
            checks_05.batches,
            hints=(
                "`tf.data.Dataset.from_tensor_slices((x, y))` keeps pairs together.",
                "Shuffle single examples, so before `batch`; the buffer is `len(x)`.",
            ),
            solution=_BATCHES.format("tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(size)"),
            wrong=(
                _BATCHES.format("tf.data.Dataset.from_tensor_slices((x, y)).batch(size).shuffle(len(x))"),
                _BATCHES.format("tf.data.Dataset.from_tensor_slices((x, y)).shuffle(size).batch(size)"),
                _BATCHES.format(
                    "tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x)).batch(size, drop_remainder=True)"
                ),
                _BATCHES.format(
                    "tf.data.Dataset.from_tensor_slices((x, y)).shuffle(len(x), reshuffle_each_iteration=False).batch(size)"
                ),
            ),
        ),
        Exercise(
            "05-2",
            "reading, decoding and looking at names are operations of the pipeline",
            checks_05.load,
            hints=(
                "`tf.io.read_file`, `tf.io.decode_png(…, channels=1)`, `tf.cast`, and then the division.",
                "`tf.strings.substr(path, -5, 1)` is the fifth character from the end; `tf.strings.to_number(…, tf.int32)` reads it.",
            ),
            solution=_LOAD.format(
                "label = tf.strings.to_number(tf.strings.substr(path, -5, 1), tf.int32)",
                "tf.cast(picture, tf.float32) / 255",
            ),
            wrong=(
                _LOAD.format('label = int(path.split("_is_")[1][0])', "tf.cast(picture, tf.float32) / 255"),
                _LOAD.format(
                    "label = tf.strings.to_number(tf.strings.substr(path, -5, 1), tf.int32)",
                    "tf.cast(picture, tf.float32)",
                ),
                _LOAD.format("label = tf.strings.substr(path, -5, 1)", "tf.cast(picture, tf.float32) / 255"),
            ),
        ),
        Exercise(
            "05-3",
            "what is slow and fixed is cached, what is random comes behind",
            checks_05.pipeline,
            hints=(
                "Two things are wrong: the order of the two maps, and what `cache` keeps.",
                "`dataset.map(decode)`, then `cache()`, then …",
            ),
            solution="def pipeline(dataset, decode, augment):\n    return dataset.map(decode).cache().map(augment)",
            wrong=(
                "def pipeline(dataset, decode, augment):\n    return dataset.map(decode).map(augment).cache()",
                "def pipeline(dataset, decode, augment):\n    return dataset.cache().map(decode).map(augment)",
                "def pipeline(dataset, decode, augment):\n    return dataset.map(augment).cache().map(decode)",
            ),
        ),
        Exercise(
            "05-4",
            "the reader says what is in a record",
            checks_05.parse,
            hints=(
                'The names are "picture" (`tf.string`) and "label" (`tf.int64`); a single value has shape `[]`.',
                "What you get for the picture is still a PNG: decode it, cast it, divide it.",
            ),
            solution=_PARSE.format("[]", _DECODE),
            wrong=(
                _PARSE.format("[1]", _DECODE),
                _PARSE.format("[]", 'row["picture"]'),
                _PARSE.format("[]", 'tf.io.decode_png(row["picture"], channels=1)'),
            ),
        ),
        Exercise(
            "05-5",
            "a dataset can be made of anything that can be computed from a position",
            checks_05.windows,
            hints=(
                "`tf.data.Dataset.range(n)` gives the places where windows begin. How many are there?",
                "Map a function that slices `tf.constant(series)` at `start` and takes the value at `start + length`.",
            ),
            solution=_WINDOWS.format("length", "length"),
            wrong=(
                _WINDOWS.format("length + 1", "length - 1"),
                _WINDOWS.format("length", "length - 1"),
                "def windows(series, length):\n    return tf.data.Dataset.from_tensor_slices(series).batch(length)",
            ),
        ),
    ),
    quiz=(
        Question(
            "A file of a billion rows is sorted by class. `shuffle(1000)` stands in the pipeline. What does the network see?",
            (
                "A fair mixture: `shuffle` reads all rows first.",
                "Nearly only one class at a time.",
                "An exception, because the buffer is too small.",
            ),
            "b",
            "a buffer of a thousand cannot bring together what is millions of rows apart. Mix the data when you write them.",
        ),
        Question(
            "After you added `.cache()` the training accuracy rises faster, and that on new data is worse. What happened?",
            (
                "Random augmentation stands in front of `cache` and is the same in all epochs now.",
                "The cache was too small.",
                "Cached tensors are rounded.",
            ),
            "a",
            "what was drawn once is kept and can be learnt by heart.",
        ),
        Question(
            "Reading from a network disk: two processors, mostly idle, AUTOTUNE everywhere, and still slow. What helps?",
            (
                "A second `prefetch`.",
                "A larger batch.",
                "More threads than processors: `private_threadpool_size`.",
            ),
            "c",
            "threads that wait occupy places without using a processor.",
        ),
        Question(
            'In a function for `map` stands `print("hello")`. The dataset has 1,000 elements and two epochs. How many lines appear?',
            ("2,000", "1,000", "One: Python runs when the graph of the function is made."),
            "c",
            "use `tf.print` to print for every element.",
        ),
        Question(
            "Where does a cheap operation such as a division belong?",
            (
                "Behind `batch`: one operation for 64 examples.",
                "In front of `batch`: smaller tensors are faster.",
                "It makes no difference.",
            ),
            "a",
            "starting an operation costs the same for one example as for a batch.",
        ),
    ),
)
