import tensorflow as tf

x = tf.placeholder(tf.float32, [])
y = tf.square(x, name='y')
with tf.Session() as sess:
    print(sess.run('y:0', {x: 2.0}))
