import tensorflow as tf


def model(x):
    return x + shift_bias


shift_bias = tf.Variable(tf.ones_initializer()([]), name='shift/bias')


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    y = model(x)
    return y


print(compute_y(1.0).numpy())
print(shift_bias.numpy())
