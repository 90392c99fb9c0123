import tensorflow as tf

x = tf.placeholder(tf.float32, [])
c = tf.constant(2.0)
y = x * c
with tf.Session() as sess:
    print(sess.run(y, {x: 1.0}))
    print(sess.run(y, {x: 1.0, c: 5.0}))
