"""A model of functions, as in the MNIST tutorial."""
import math

import tensorflow as tf

CLASSES = 3


class Inference(tf.Module):
    def __init__(self, width, hidden_units):
        super().__init__()
        self.weights = tf.Variable(tf.random.truncated_normal([width, hidden_units], stddev=1.0 / math.sqrt(float(width)), seed=1), name='weights')
        self.biases = tf.Variable(tf.zeros([hidden_units]), name='biases')
        self.weights_1 = tf.Variable(tf.random.truncated_normal([hidden_units, CLASSES], stddev=1.0 / math.sqrt(float(hidden_units)), seed=2), name='weights')
        self.biases_1 = tf.Variable(tf.zeros([CLASSES]), name='biases')

    def __call__(self, images):
        weights = self.weights
        biases = self.biases
        hidden = tf.nn.relu(tf.matmul(images, weights) + biases)
        weights = self.weights_1
        biases = self.biases_1
        logits = tf.matmul(hidden, weights) + biases
        return logits


def loss(logits, labels):
    labels = tf.cast(labels, tf.int64)
    return tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)


def evaluation(logits, labels):
    correct = tf.math.in_top_k(predictions=logits, targets=labels, k=1)
    return tf.reduce_sum(tf.cast(correct, tf.int32))
