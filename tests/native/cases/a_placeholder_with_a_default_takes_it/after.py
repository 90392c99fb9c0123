import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    y = 2.0 * x
    return y


@tf.function
def compute_y_1(x, scale):
    y = scale * x
    return y


print(compute_y(1.0).numpy())
print(compute_y_1(1.0, 3.0).numpy())
