import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_total(x):
    total = tf.reduce_sum(x)
    return total


def evaluate(values):
    """The sum of values."""
    return compute_total(values).numpy()


print(evaluate([1.0, 2.0]))
