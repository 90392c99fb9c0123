import tensorflow as tf

import model

x = tf.placeholder(tf.float32, [None])
y = getattr(model, 'build')(x)
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0]}))
