import tensorflow as tf

c = tf.constant(2.0)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    y = x * c
    return y


@tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec.from_tensor(c)])
def compute_y_1(x, c):
    y = x * c
    return y


print(compute_y(1.0).numpy())
print(compute_y_1(1.0, 5.0).numpy())
