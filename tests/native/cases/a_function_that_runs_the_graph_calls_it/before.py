import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
total = tf.reduce_sum(x)
sess = tf.Session()


def evaluate(values):
    """The sum of values."""
    return sess.run(total, {x: values})


print(evaluate([1.0, 2.0]))
