"""First phase: learns the digits 0 to 4 and leaves checkpoints and a meta graph behind."""
import os

import tensorflow as tf

import network


def run(images, labels, folder, steps):
    graph = tf.Graph()
    with graph.as_default():
        tf.set_random_seed(1)
        x = tf.placeholder(tf.float32, [None, 64], name='images')
        y = tf.placeholder(tf.int32, [None], name='labels')
        logits = network.head(network.body(x), 5, 'pretrain_head', seed=2)
        loss = network.cross_entropy(logits, y)
        global_step = tf.Variable(0, trainable=False, name='global_step')
        train_op = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, global_step=global_step)
        for tensor in (x, y, logits, loss):
            tf.add_to_collection('endpoints', tensor)
        tf.add_to_collection('train_op', train_op)
        # keep the last two, and one an hour for ever
        saver = tf.train.Saver(max_to_keep=2, keep_checkpoint_every_n_hours=1)
        init = tf.global_variables_initializer()

    with tf.Session(graph=graph) as sess:
        sess.run(init)
        for step in range(1, steps + 1):
            rows = slice(step * 50 % 850, step * 50 % 850 + 50)
            _, value = sess.run([train_op, loss], {x: images[rows], y: labels[rows]})
            if step % 20 == 0:
                path = saver.save(sess, os.path.join(folder, 'pretrain'), global_step=global_step)
                print('step %d loss %.6f saved %s' % (step, value, os.path.basename(path)))
        kept = [os.path.basename(p) for p in saver.last_checkpoints]
    print('kept', ' '.join(kept))
