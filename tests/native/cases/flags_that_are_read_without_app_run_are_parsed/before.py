import tensorflow as tf

tf.flags.DEFINE_float("rate", 0.5, "Learning rate")
FLAGS = tf.flags.FLAGS

x = tf.placeholder(tf.float32, [])
y = x * FLAGS.rate
with tf.Session() as sess:
    print(sess.run(y, {x: 3.0}))
