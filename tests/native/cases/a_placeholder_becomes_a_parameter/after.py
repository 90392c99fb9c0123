import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    y = tf.reduce_sum(x, axis=1)
    return y


print(compute_y([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]).numpy())
