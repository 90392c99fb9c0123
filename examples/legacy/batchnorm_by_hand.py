"""Batch normalization by hand: nn.moments, ExponentialMovingAverage, cond, assign_moving_average; restored by average_name."""
import os

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from tensorflow.python.training import moving_averages

np.random.seed(37)
tf.set_random_seed(37)
DECAY = 0.9


def batch_norm(x, n_out, phase_train, scope='bn'):
    """For images [batch, height, width, n_out]: one graph, whose placeholder phase_train says which statistics count."""
    with tf.variable_scope(scope):
        beta = tf.Variable(tf.constant(0.0, shape=[n_out]), name='beta', trainable=True)
        gamma = tf.Variable(tf.constant(1.0, shape=[n_out]), name='gamma', trainable=True)
        batch_mean, batch_var = tf.nn.moments(x, [0, 1, 2], name='moments')
        ema = tf.train.ExponentialMovingAverage(decay=DECAY)

        def batch_statistics():
            keep = ema.apply([batch_mean, batch_var])
            with tf.control_dependencies([keep]):
                return tf.identity(batch_mean), tf.identity(batch_var)

        mean, var = tf.cond(phase_train, batch_statistics, lambda: (ema.average(batch_mean), ema.average(batch_var)))
        return tf.nn.batch_normalization(x, mean, var, beta, gamma, 1e-3)


def batch_norm_wrapper(inputs, is_training, decay=DECAY):
    """The same for vectors, with plain variables; one graph for training, another one for testing."""
    width = inputs.get_shape()[-1]
    scale = tf.get_variable('scale', [width], initializer=tf.ones_initializer())
    beta = tf.get_variable('beta', [width], initializer=tf.zeros_initializer())
    pop_mean = tf.get_variable('pop_mean', [width], initializer=tf.zeros_initializer(), trainable=False)
    pop_var = tf.get_variable('pop_var', [width], initializer=tf.ones_initializer(), trainable=False)
    if not is_training:
        return tf.nn.batch_normalization(inputs, pop_mean, pop_var, beta, scale, 1e-3)
    batch_mean, batch_var = tf.nn.moments(inputs, [0])
    train_mean = tf.assign(pop_mean, pop_mean * decay + batch_mean * (1 - decay))
    train_var = moving_averages.assign_moving_average(pop_var, batch_var, decay, zero_debias=False)
    with tf.control_dependencies([train_mean, train_var]):
        return tf.nn.batch_normalization(inputs, batch_mean, batch_var, beta, scale, 1e-3)


def conv2d(x, W):
    return tf.nn.conv2d(x, W, strides=[1, 1, 1, 1], padding='SAME')


def build_graph(is_training):
    x = tf.placeholder(tf.float32, shape=[None, 64])
    y_ = tf.placeholder(tf.float32, shape=[None, 10])
    phase = tf.placeholder_with_default(is_training, [], name='phase_train')
    image = tf.reshape(x, [-1, 8, 8, 1])
    W_conv = tf.get_variable('W_conv', [3, 3, 1, 8], initializer=tf.truncated_normal_initializer(stddev=0.3, seed=1))
    h_conv = tf.nn.sigmoid(batch_norm(conv2d(image, W_conv), 8, phase))
    h_pool = tf.nn.avg_pool(h_conv, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
    W_fc = tf.get_variable('W_fc', [4 * 4 * 8, 24], initializer=tf.truncated_normal_initializer(stddev=0.1, seed=2))
    with tf.variable_scope('fc'):
        h_fc = tf.nn.tanh(batch_norm_wrapper(tf.matmul(tf.reshape(h_pool, [-1, 4 * 4 * 8]), W_fc), is_training))
    W_out = tf.get_variable('W_out', [24, 10], initializer=tf.truncated_normal_initializer(stddev=0.1, seed=3))
    y = tf.matmul(h_fc, W_out)
    cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y))
    accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1)), tf.float32))
    return x, y_, cross_entropy, accuracy


digits = load_digits()
images, onehot = digits.data / 16.0, np.eye(10)[digits.target]
path = os.path.join(os.getcwd(), 'bn', 'model.ckpt')
os.makedirs(os.path.dirname(path))

with tf.Graph().as_default(), tf.Session() as sess:
    x, y_, cross_entropy, accuracy = build_graph(is_training=True)
    sgd = tf.train.MomentumOptimizer(0.05, 0.8).minimize(cross_entropy)
    weights_ema = tf.train.ExponentialMovingAverage(0.95)
    with tf.control_dependencies([sgd]):
        train_step = weights_ema.apply(tf.trainable_variables())
    sess.run(tf.global_variables_initializer())
    for i in range(91):
        rows = slice(i * 50 % 1400, i * 50 % 1400 + 50)
        _, loss = sess.run([train_step, cross_entropy], {x: images[rows], y_: onehot[rows]})
        if i % 30 == 0:
            print('step %d loss %.6f' % (i, loss))
    w_out = tf.trainable_variables()[-1]
    print('average of', w_out.op.name, 'is saved as', weights_ema.average_name(w_out))
    tf.train.Saver().save(sess, path)
    print('batch statistics: loss %.6f' % sess.run(cross_entropy, {x: images[1400:], y_: onehot[1400:]}))

for averaged in (False, True):
    with tf.Graph().as_default(), tf.Session() as sess:
        x, y_, cross_entropy, accuracy = build_graph(is_training=False)
        ema = tf.train.ExponentialMovingAverage(0.95)
        names = ema.variables_to_restore() if averaged else None
        tf.train.Saver(names).restore(sess, path)
        loss, acc = sess.run([cross_entropy, accuracy], {x: images[1400:], y_: onehot[1400:]})
        first = [v for v in tf.global_variables() if v.op.name == 'fc/pop_mean'][0]
        print('averaged weights: %s loss %.6f accuracy %.4f' % (averaged, loss, acc))
        print('fc/pop_mean', ' '.join('%.6f' % v for v in sess.run(first)[:4]))
print('final loss %.6f' % loss)
