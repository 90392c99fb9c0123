#!/usr/bin/env python
"""Reads CSV records through the queue pipeline (string_input_producer, TextLineReader, batch, Coordinator)."""
import os

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

np.random.seed(2)
tf.random.set_seed(2)
BATCH = 30
FILENAME = 'iris_records.csv'

iris = load_iris()
order = np.random.permutation(150)
with open(FILENAME, 'w') as f:
    f.write('sepal_length,sepal_width,petal_length,petal_width,species\n')
    for row, label in zip(iris.data[order], iris.target[order]):
        f.write(','.join('%.1f' % v for v in row) + ',%d\n' % label)


def read_record(value):
    columns = tf.io.decode_csv(value, record_defaults=[[0.0], [0.0], [0.0], [0.0], [0]])
    return tf.stack(columns[:4]), columns[4]


def inputs(batch_size):
    files = tf.data.Dataset.from_tensor_slices([FILENAME]).repeat(20)
    records = files.flat_map(lambda name: tf.data.TextLineDataset(name).skip(1)).map(read_record)
    # one thread keeps the order, so that two runs see the same batches
    return records.batch(batch_size, drop_remainder=True)


iterator = iter(inputs(BATCH))
weights = tf.Variable(tf.random.truncated_normal([4, 3], stddev=0.1, seed=9), name='weights')
biases = tf.Variable(tf.zeros([3]), name='biases')
step = tf.Variable(0, trainable=False)
optimizer = tf.keras.optimizers.Adam(0.05, epsilon=1e-8)

losses = []


@tf.function
def train_step(features, next_label):
    with tf.GradientTape() as tape:
        logits = tf.matmul(features, weights) + biases
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=next_label, logits=logits))
    variables = [weights, biases]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    step.assign_add(1)
    return loss


try:
    while True:
        value = train_step(*iterator.get_next()).numpy()
        losses.append(value)
        if len(losses) % 25 == 0:
            print('batch %d loss %.5f' % (len(losses), value))
except tf.errors.OutOfRangeError:
    print('Done training for %d batches' % len(losses))

print('weights sum %.4f' % np.abs(weights.numpy()).sum())
os.remove(FILENAME)
print('final loss %.6f' % np.mean(losses[-5:]))
