"""Summaries: scalars, histograms, images and text are merged, written for TensorBoard and read back with summary_iterator."""
import glob
import os
import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits


def variable_summaries(var, name):
    with tf.name_scope(name):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        tf.summary.scalar('max', tf.reduce_max(var))
        tf.summary.histogram('values', var)


def build():
    x = tf.placeholder(tf.float32, [None, 64], name='x')
    y = tf.placeholder(tf.int64, [None], name='y')
    with tf.name_scope('layer'):
        with tf.name_scope('weights'):
            W = tf.Variable(tf.truncated_normal([64, 10], stddev=0.05, seed=1), name='W')
            variable_summaries(W, 'summaries')
        with tf.name_scope('Wx_plus_b'):
            b = tf.Variable(tf.zeros([10]), name='b')
            logits = tf.matmul(x, W) + b
    with tf.name_scope('loss'):
        loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
    tf.summary.scalar('loss', loss)
    tf.summary.image('first_digits', tf.reshape(x, [-1, 8, 8, 1]), max_outputs=2)
    return x, y, logits, loss


def main():
    tf.set_random_seed(5)
    logdir = os.path.join(tempfile.mkdtemp(), 'logs')
    images, labels = load_digits(return_X_y=True)
    images = images / 16.0
    x, y, logits, loss = build()
    train_op = tf.train.AdagradOptimizer(0.3).minimize(loss)
    merged = tf.summary.merge_all()
    with tf.name_scope('validation'):
        accuracy = tf.reduce_mean(tf.to_float(tf.equal(tf.argmax(logits, 1), y)))
        # a collection of its own keeps it out of merge_all
        validation = tf.summary.merge([tf.summary.scalar('accuracy', accuracy, collections=['validation']),
                                       tf.summary.text('note', tf.constant('held out rows'), collections=['validation'])])

    with tf.Session() as sess:
        writer = tf.summary.FileWriter(logdir, sess.graph)
        sess.run(tf.global_variables_initializer())
        for step in range(41):
            rows = slice(step * 32, step * 32 + 32)
            feed = {x: images[rows], y: labels[rows]}
            if step % 10 == 0:
                # before the training step, not in the same run: that may write the weights before or after they are read
                writer.add_summary(sess.run(merged, feed), step)
                writer.add_summary(sess.run(validation, {x: images[1400:], y: labels[1400:]}), step)
            sess.run(train_op, feed)
        # a summary without a graph
        value = sess.run(loss, {x: images[1400:], y: labels[1400:]})
        by_hand = tf.Summary(value=[tf.Summary.Value(tag='final/held_out_loss', simple_value=float(value))])
        writer.add_summary(by_hand, 41)
        writer.add_session_log(tf.SessionLog(status=tf.SessionLog.STOP), 41)
        writer.close()

    graphs = 0
    for path in glob.glob(os.path.join(logdir, 'events.out.tfevents.*')):
        for event in tf.train.summary_iterator(path):
            graphs += event.HasField('graph_def')
            for v in event.summary.value:
                kind = v.WhichOneof('value')
                if kind == 'simple_value':
                    print('step %d %s %.6f' % (event.step, v.tag, v.simple_value))
                elif kind == 'histo' and event.step == 40:
                    print('step %d %s: %d numbers, sum of squares %.6f' % (event.step, v.tag, v.histo.num,
                                                                          v.histo.sum_squares))
                elif kind == 'image' and event.step == 40:
                    print('step %d %s is %d x %d' % (event.step, v.tag, v.image.height, v.image.width))
                elif kind == 'tensor' and event.step == 40:
                    print('step %d %s: %s' % (event.step, v.tag, tf.make_ndarray(v.tensor).item().decode()))
    print('graphs written: %d' % graphs)
    print('final loss %.6f' % value)


if __name__ == '__main__':
    main()
