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


def results(data_set, read_data_sets):
    found = {}
    for seed in (None, 3):
        found["seed %s" % seed] = order(data_set, seed)
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder)
        for key, kwargs in (
            ("one_hot", {"one_hot": True}),
            ("raw", {"reshape": False, "validation_size": 9}),
            ("seeded", {"seed": 5}),
        ):
            found[key] = summary(read_data_sets(folder, **dict({"validation_size": 10}, **kwargs)))
    fake = read_data_sets(None, fake_data=True, one_hot=True)
    x, y = fake.train.next_batch(2, fake_data=True)
    found["fake"] = [len(x), sum(x[0]), y, fake.test.num_examples]
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
