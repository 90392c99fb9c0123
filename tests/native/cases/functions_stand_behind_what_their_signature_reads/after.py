import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute(a):
    return a * 2.0


print(compute(1.0).numpy())

WIDTH = 3
print('now with', WIDTH)


@tf.function(input_signature=[tf.TensorSpec([None, WIDTH], tf.float32)])
def compute_y(x):
    y = tf.reduce_sum(x, 1)
    return y


@tf.function(input_signature=[tf.TensorSpec([None, WIDTH], tf.float32)])
def compute_z(x):
    z = tf.reduce_max(x, 1)
    return z


print(compute_y([[1.0, 2.0, 3.0]]).numpy())
print(compute_z([[1.0, 2.0, 3.0]]).numpy())
