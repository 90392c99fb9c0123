import tensorflow as tf

w = tf.Variable(3.0, name='w')
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    saver.save(sess, './run/model')
    saver.restore(sess, tf.train.latest_checkpoint('./run'))
