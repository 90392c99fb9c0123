import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 16])
w = tf.Variable(tf.zeros([16]))
images = tf.reshape(x + w, [-1, 4, 4, 1])
with tf.name_scope('seen'):
    tf.summary.image('input', images, max_outputs=2)
    tf.summary.image('darker', 0.5 - images)
merged = tf.summary.merge_all()
data = np.linspace(0, 1, 48).reshape(3, 16)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter('logs')
    writer.add_summary(sess.run(merged, {x: data}), 0)
    writer.close()
