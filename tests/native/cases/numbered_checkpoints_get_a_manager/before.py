import os

import tensorflow as tf

folder = 'run'
w = tf.Variable(3.0, name='w')
shrink = tf.assign(w, w * 0.5)
saver = tf.train.Saver(max_to_keep=2)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(5):
        sess.run(shrink)
        print(saver.save(sess, os.path.join(folder, 'model'), global_step=step))
    print(saver.last_checkpoints)
    saver.restore(sess, tf.train.latest_checkpoint(folder))
    print(sess.run(w))
