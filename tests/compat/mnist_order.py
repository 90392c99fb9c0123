"""The order in which DataSet hands out examples, and what read_data_sets makes of real files. Runs on Python 3.7 as well."""

import gzip
import os
import struct
import tempfile

import numpy as np


def images(count):
    return (np.arange(count * 784) % 251).astype(np.uint8).reshape(count, 28, 28, 1)


def write_files(folder, packed=True):
    for prefix, count in (("train", 50), ("t10k", 20)):
        labels = (np.arange(count) * 7 % 10).astype(np.uint8)
        image_data = struct.pack(">4I", 2051, count, 28, 28) + images(count).tobytes()
        label_data = struct.pack(">2I", 2049, count) + labels.tobytes()
        for name, data in ((prefix + "-images-idx3-ubyte", image_data), (prefix + "-labels-idx1-ubyte", label_data)):
            path = os.path.join(folder, name + (".gz" if packed else ""))
            with gzip.open(path, "wb") if packed else open(path, "wb") as f:
                f.write(data)


def results(mnist, read_data_sets):
    found = {}
    for seed in (None, 3):
        found["seed %s" % seed] = order(mnist.DataSet, seed)
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder)
        for key, kwargs in (
            ("one_hot", {"one_hot": True}),
            ("raw", {"reshape": False, "validation_size": 9}),
            ("seeded", {"seed": 5}),
            ("bytes", {"dtype": "uint8", "source_url": ""}),
        ):
            found[key] = summary(read_data_sets(folder, **dict({"validation_size": 10}, **kwargs)))
        found["files"] = files(mnist, folder)
        found["errors"] = errors(mnist, read_data_sets, folder)
    fake = read_data_sets(None, fake_data=True, one_hot=True)
    x, y = fake.train.next_batch(2, fake_data=True)
    found["fake"] = [len(x), sum(x[0]), y, fake.test.num_examples]
    return found


def files(mnist, folder):
    """What the functions for single files make of them."""
    found = []
    for function, name, kwargs in (
        (mnist.extract_images, "t10k-images-idx3-ubyte.gz", {}),
        (mnist.extract_labels, "t10k-labels-idx1-ubyte.gz", {}),
        (mnist.extract_labels, "t10k-labels-idx1-ubyte.gz", {"one_hot": True, "num_classes": 11}),
    ):
        with open(os.path.join(folder, name), "rb") as f:
            array = function(f, **kwargs)
        found.append([str(array.dtype), list(array.shape), float(array.astype(np.float64).sum())])
    return [*found, mnist.dense_to_one_hot(np.array([2, 0]), 3).tolist(), mnist.DEFAULT_SOURCE_URL]


def errors(mnist, read_data_sets, folder):
    """What is refused, and how."""

    def wrong_file():
        with open(os.path.join(folder, "t10k-labels-idx1-ubyte.gz"), "rb") as f:
            mnist.extract_images(f)

    found = []
    for attempt in (
        wrong_file,
        lambda: read_data_sets(folder, validation_size=51),
        lambda: read_data_sets(folder, validation_size=-1),
        lambda: read_data_sets(folder, validation_size=5, dtype="int32"),
        lambda: mnist.DataSet(images(3), np.arange(2)),
    ):
        try:
            attempt()
        except Exception as error:
            found.append([type(error).__name__, str(error).replace(folder, "FOLDER")])
    return found


def order(data_set, seed):
    d = data_set(images(10), np.arange(10), seed=seed)
    np.random.seed(11)
    found = []
    for batch, shuffle in ((4, True), (4, True), (4, True), (3, False), (10, True), (25, True), (2, True)):
        x, y = d.next_batch(batch, shuffle=shuffle)
        found.append([y.tolist(), list(x.shape), round(float(x.sum()), 3), d.epochs_completed])
    return found


def summary(sets):
    np.random.seed(1)
    found = []
    for d in sets:
        x, y = d.next_batch(5)
        found.append(
            [
                d.num_examples,
                str(d.images.dtype),
                list(d.images.shape),
                str(d.labels.dtype),
                list(d.labels.shape),
                y.tolist(),
                round(float(x.astype(np.float64).sum()), 3),
            ]
        )
    return found
