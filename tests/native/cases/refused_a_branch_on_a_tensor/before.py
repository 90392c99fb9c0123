import tensorflow as tf

x = tf.placeholder(tf.float32, [])
y = tf.square(x)
if y > 1.0:
    y = y - 1.0
with tf.Session() as sess:
    print(sess.run(y, {x: 1.0}))
