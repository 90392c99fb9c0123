import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
y = tf.contrib.nn.alpha_dropout(x, 0.5)
with tf.Session() as sess:
    print(sess.run(y, {x: [[1.0, 2.0, 3.0, 4.0]]}))
