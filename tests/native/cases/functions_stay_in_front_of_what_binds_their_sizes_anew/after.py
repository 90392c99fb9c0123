import tensorflow as tf

width = 3


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute(a):
    return a * 2.0


@tf.function(input_signature=[tf.TensorSpec([None, width], tf.float32)])
def compute_y(x):
    y = tf.reduce_sum(x, 1)
    return y


print(compute(1.0).numpy())

width = 5
print(compute_y([[1.0, 2.0, 3.0]]).numpy(), width)
