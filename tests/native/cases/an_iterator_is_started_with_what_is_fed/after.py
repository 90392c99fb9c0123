import numpy as np
import tensorflow as tf


def make_dataset(rows, size):
    rows = tf.cast(rows, tf.float32)
    size = tf.cast(size, tf.int64)
    dataset = tf.data.Dataset.from_tensor_slices(rows).batch(size)
    return dataset


@tf.function
def compute_total(batch):
    total = tf.reduce_sum(batch)
    return total


for n in (1, 2):
    iterator = iter(make_dataset(np.ones((4, 2)), n))
    print(compute_total(iterator.get_next()).numpy(), iterator.get_next().numpy())
