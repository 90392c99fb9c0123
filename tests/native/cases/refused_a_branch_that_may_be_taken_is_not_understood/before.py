import tensorflow as tf


def layer(x, activation=None):
    if activation is None:
        activation = __builtins__
    return activation(x) if activation is not None else tf.nn.relu(x)


x = tf.placeholder(tf.float32, [None])
y = layer(x)
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0, -2.0]}))
