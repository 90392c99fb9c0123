import tensorflow as tf

x = tf.placeholder(tf.float32, [])
c = tf.constant(2.0)
twice = c * 2
y = x * twice
with tf.Session() as sess:
    print(sess.run(y, {x: 1.0, c: 5.0}))
