import tensorflow as tf

counter = tf.Variable(0, trainable=False)


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_y(x):
    total = tf.reduce_sum(x)
    counter.assign_add(1)
    tf.debugging.assert_non_negative(x)
    y = tf.identity(total)
    return y


print(compute_y([1.0]).numpy())
print(counter.numpy())
