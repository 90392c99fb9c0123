import tensorflow as tf

x = tf.placeholder(tf.float32, [])
y = tf.add_n([x * tf.Variable(float(n)) for n in range(3)])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: 1.0}))
