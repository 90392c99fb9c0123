"""The DBpedia texts of tf.contrib.learn.datasets.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/datasets/text_datasets.py, Copyright 2016 The TensorFlow Authors,
Apache License 2.0.
"""

from __future__ import annotations

import os

import numpy as np
import tensorflow.compat.v1 as tf

from . import base

_FAKE_TRAIN = [
    (1, "Google", "Google is a company."),
    (2, "Larry Page", "Larry Page is the co-founder of Google."),
    (3, "Time", "Time is a news magazine."),
]
_FAKE_TEST = [(2, "Sergey Brin", "Sergey Brin is the co-founder of Google.")]


def load_dbpedia(size: str = "small", test_with_fake_data: bool = False) -> base.Datasets:
    """Titles and texts ``[n, 2]`` and their classes; every thousandth of them for the size "small", or a few made-up ones.

    They are read from ``dbpedia_data/dbpedia_csv`` in the folder that the environment variable TF_EXP_BASE_DIR names, or in the
    working folder. FileNotFoundError if they are not there: nothing is downloaded.
    """
    if test_with_fake_data:
        return base.Datasets(train=_made_up(_FAKE_TRAIN), validation=None, test=_made_up(_FAKE_TEST))
    folder = os.path.join(os.getenv("TF_EXP_BASE_DIR", ""), "dbpedia_data", "dbpedia_csv")
    return base.Datasets(train=_load(folder, "train", size), validation=None, test=_load(folder, "test", size))


def _made_up(rows: list[tuple[int, str, str]]) -> base.Dataset:
    return base.Dataset(data=np.array([row[1:] for row in rows]), target=np.array([row[0] for row in rows], np.int32))


def _load(folder: str, part: str, size: str) -> base.Dataset:
    path = os.path.join(folder, part + ".csv")
    if not tf.gfile.Exists(path):
        raise FileNotFoundError(
            f"There is no {path}. Unpack the archive dbpedia_csv.tar.gz (Zhang et al. 2015, Character-level Convolutional "
            "Networks for Text Classification) into its folder; `tfds.load('dbpedia_14')` has the same texts."
        )
    if size == "small":
        base.shrink_csv(path, 1000)
        path = os.path.join(folder, part + "_small.csv")
    return base.load_csv_without_header(path, target_dtype=np.int32, features_dtype=str, target_column=0)
