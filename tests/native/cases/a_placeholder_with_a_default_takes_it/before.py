import tensorflow as tf

x = tf.placeholder(tf.float32, [])
scale = tf.placeholder_with_default(2.0, [])
y = scale * x
with tf.Session() as sess:
    print(sess.run(y, {x: 1.0}))
    print(sess.run(y, {x: 1.0, scale: 3.0}))
