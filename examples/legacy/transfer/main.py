"""Saver in three phases: pretrain and save, go on from the meta graph alone, restore a part of it into another network."""
from __future__ import print_function

import argparse
import os

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

import network
import pretrain


def resume(images, labels, folder, steps):
    """Needs no Python code of the model: the graph comes from the .meta file, its tensors from a collection."""
    tf.reset_default_graph()
    checkpoint = tf.train.latest_checkpoint(folder)
    saver = tf.train.import_meta_graph(checkpoint + '.meta')
    graph = tf.get_default_graph()
    x, y, _, loss = tf.get_collection('endpoints')
    train_op = tf.get_collection('train_op')[0]
    assert graph.get_tensor_by_name('images:0') is x and graph.get_operation_by_name('labels') is y.op
    with tf.Session() as sess:
        saver.restore(sess, checkpoint)
        for i in range(steps):
            rows = slice(i * 50 % 850, i * 50 % 850 + 50)
            _, value = sess.run([train_op, loss], feed_dict={'images:0': images[rows], 'labels:0': labels[rows]})
        print('resumed from step %s, loss %.6f' % (checkpoint.split('-')[-1], value))
        return saver.save(sess, os.path.join(folder, 'resumed'), write_meta_graph=False)


def fine_tune(images, labels, checkpoint, steps):
    """Another head for the digits 5 to 9 on the body of the checkpoint; only the head is trained at first."""
    tf.reset_default_graph()
    tf.set_random_seed(2)
    reader = tf.train.NewCheckpointReader(checkpoint)
    for name, shape in sorted(reader.get_variable_to_shape_map().items()):
        if 'Momentum' not in name:
            print('in the checkpoint: %s %s' % (name, shape))
    x = tf.placeholder(tf.float32, [None, 64])
    y = tf.placeholder(tf.int32, [None])
    logits = network.head(network.body(x), 5, 'new_head', seed=3)
    loss = network.cross_entropy(logits, y)
    head_vars = tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope='new_head')
    body_vars = {v.op.name: v for v in tf.trainable_variables() if v not in head_vars}
    head_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss, var_list=head_vars)
    all_op = tf.train.GradientDescentOptimizer(0.05).minimize(loss)
    accuracy = tf.reduce_mean(tf.cast(tf.nn.in_top_k(logits, y, 1), tf.float32))
    loader = tf.train.Saver(body_vars)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        loader.restore(sess, checkpoint)
        for i in range(steps):
            rows = slice(i * 50 % 700, i * 50 % 700 + 50)
            sess.run(head_op if i < steps // 2 else all_op, {x: images[rows], y: labels[rows]})
        value, right = sess.run([loss, accuracy], {x: images[750:], y: labels[750:]})
        first = sess.run(body_vars['body/w1'])[20, :3]
    print('body/w1', ' '.join('%.6f' % v for v in first))
    print('accuracy on unseen digits %.4f' % right)
    return value


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--folder', default='checkpoints')
    parser.add_argument('--steps', type=int, default=60)
    args = parser.parse_args()
    tf.logging.set_verbosity(tf.logging.WARN)
    if not os.path.isdir(args.folder):
        os.makedirs(args.folder)
    digits = load_digits()
    images, labels = (digits.data / 16).astype(np.float32), digits.target
    small = labels < 5
    pretrain.run(images[small], labels[small], args.folder, args.steps)
    saved = resume(images[small], labels[small], args.folder, args.steps)
    final = fine_tune(images[~small], labels[~small] - 5, saved, args.steps)
    print('final loss %.6f' % final)
