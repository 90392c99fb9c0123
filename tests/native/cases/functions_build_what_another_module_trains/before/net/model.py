"""A model of functions, as in the MNIST tutorial."""
import math

import tensorflow as tf

CLASSES = 3


def inference(images, width, hidden_units):
    with tf.name_scope('hidden'):
        weights = tf.Variable(tf.truncated_normal([width, hidden_units], stddev=1.0 / math.sqrt(float(width)), seed=1), name='weights')
        biases = tf.Variable(tf.zeros([hidden_units]), name='biases')
        hidden = tf.nn.relu(tf.matmul(images, weights) + biases)
    with tf.name_scope('softmax_linear'):
        weights = tf.Variable(tf.truncated_normal([hidden_units, CLASSES], stddev=1.0 / math.sqrt(float(hidden_units)), seed=2), name='weights')
        biases = tf.Variable(tf.zeros([CLASSES]), name='biases')
        logits = tf.matmul(hidden, weights) + biases
    return logits


def loss(logits, labels):
    labels = tf.to_int64(labels)
    return tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)


def training(loss, learning_rate):
    tf.summary.scalar('loss', loss)
    optimizer = tf.train.GradientDescentOptimizer(learning_rate)
    global_step = tf.Variable(0, name='global_step', trainable=False)
    train_op = optimizer.minimize(loss, global_step=global_step)
    return train_op


def evaluation(logits, labels):
    correct = tf.nn.in_top_k(logits, labels, 1)
    return tf.reduce_sum(tf.cast(correct, tf.int32))
