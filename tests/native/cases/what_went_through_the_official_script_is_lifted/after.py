import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_double(x):
    double = 2.0 * x
    return double


print(compute_double([1.0]).numpy())
