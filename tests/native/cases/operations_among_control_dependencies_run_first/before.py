import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
counter = tf.Variable(0, trainable=False)
total = tf.reduce_sum(x)
with tf.control_dependencies([tf.assign_add(counter, 1), tf.assert_non_negative(x)]):
    y = tf.identity(total)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [1.0]}))
    print(sess.run(counter))
