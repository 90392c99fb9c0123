"""Words within texts of bytes, and their numbers in a table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import tensorflow as tf

from tf2kit.export.lower.values import Table

# sums of bytes times these stay below 2**31
_LARGEST_SUM = 2**31 - 1


@dataclass(frozen=True)
class Words:
    """Words of shape (n,): where each lies in `letters`, shape (rows, bytes), int32 as all of these."""

    letters: tf.Tensor
    row: tf.Tensor
    begin: tf.Tensor
    length: tf.Tensor

    @staticmethod
    def whole(letters: tf.Tensor) -> Words:
        """Each text as one word."""
        rows = tf.range(tf.shape(letters)[0])
        return Words(letters, rows, tf.zeros_like(rows), tf.reduce_sum(tf.cast(letters > 0, tf.int32), axis=1))

    def spelled(self, size: int) -> tf.Tensor:
        """The first `size` letters of each word, shape (n, size), zeros behind its end."""
        offsets = tf.range(size)[tf.newaxis, :]
        padded = tf.pad(self.letters, [[0, 0], [0, size]])
        columns = self.begin[:, tf.newaxis] + offsets
        rows = self.row[:, tf.newaxis] + tf.zeros_like(columns)
        letters = tf.gather_nd(padded, tf.stack([rows, columns], axis=-1))
        return letters * tf.cast(offsets < self.length[:, tf.newaxis], tf.int32)


def found(words: Words, table: Table, default: tf.Tensor) -> tf.Tensor:
    """The value of each word in the table, or the default.

    Two sums tell the only key that it can be; then its letters are compared.
    """
    keys = [bytes(key) for key in table.keys]
    size = max(map(len, keys), default=0) or 1
    spelled = np.array([list(key.ljust(size, b"\0")) for key in keys] or [[0] * size], np.int32)
    factors, sums = _sums(spelled)
    letters = words.spelled(size)
    hit = tf.equal(_sum(letters, factors[0]), sums[0])
    hit = tf.logical_and(hit, tf.equal(_sum(letters, factors[1]), sums[1]))
    numbers = tf.range(len(spelled))[tf.newaxis, :]
    place = tf.reduce_sum(tf.where(hit, numbers, tf.zeros_like(numbers)), axis=1)
    same = tf.reduce_all(tf.equal(tf.gather(tf.constant(spelled), place), letters), axis=1)
    lengths = tf.constant([len(key) for key in keys] or [-1], tf.int32)
    same = tf.logical_and(same, tf.equal(tf.gather(lengths, place), words.length))
    values = tf.constant(table.values if len(keys) else [0], table.value_dtype)
    return tf.where(same, tf.gather(values, place), default)


def _sum(letters: tf.Tensor, factors: np.ndarray) -> tf.Tensor:
    return tf.reduce_sum(letters * tf.constant(factors), axis=1, keepdims=True)


def _sums(spelled: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Two rows of factors whose pairs of sums tell all keys apart, and the sums."""
    for seed in range(100):
        largest = _LARGEST_SUM // (255 * spelled.shape[1])
        factors = np.random.default_rng(seed).integers(1, largest, (2, spelled.shape[1]), np.int32)
        sums = [(spelled * row).sum(axis=1, dtype=np.int32) for row in factors]
        if len(np.unique(np.stack(sums), axis=1).T) == len(np.unique(spelled, axis=0)):
            break
    return factors, sums
