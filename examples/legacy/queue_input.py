#!/usr/bin/env python
"""Reads CSV records through the queue pipeline (string_input_producer, TextLineReader, batch, Coordinator)."""
import os

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

np.random.seed(2)
tf.set_random_seed(2)
BATCH = 30
FILENAME = 'iris_records.csv'

iris = load_iris()
order = np.random.permutation(150)
with open(FILENAME, 'w') as f:
    f.write('sepal_length,sepal_width,petal_length,petal_width,species\n')
    for row, label in zip(iris.data[order], iris.target[order]):
        f.write(','.join('%.1f' % v for v in row) + ',%d\n' % label)


def read_record(filename_queue):
    reader = tf.TextLineReader(skip_header_lines=1)
    key, value = reader.read(filename_queue)
    columns = tf.decode_csv(value, record_defaults=[[0.0], [0.0], [0.0], [0.0], [0]])
    return tf.stack(columns[:4]), columns[4]


def inputs(batch_size):
    queue = tf.train.string_input_producer([FILENAME], num_epochs=20, shuffle=False)
    features, label = read_record(queue)
    # one thread keeps the order, so that two runs see the same batches
    return tf.train.batch([features, label], batch_size=batch_size, num_threads=1, capacity=200)


features, label = inputs(BATCH)
weights = tf.Variable(tf.truncated_normal([4, 3], stddev=0.1, seed=9), name='weights')
biases = tf.Variable(tf.zeros([3]), name='biases')
logits = tf.matmul(features, weights) + biases
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label, logits=logits))
step = tf.Variable(0, trainable=False)
train_op = tf.train.AdamOptimizer(0.05).minimize(loss, global_step=step)

init_op = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())
sess = tf.Session()
sess.run(init_op)
coord = tf.train.Coordinator()
threads = tf.train.start_queue_runners(sess=sess, coord=coord)
losses = []
try:
    while not coord.should_stop():
        _, value, s = sess.run([train_op, loss, step])
        losses.append(value)
        if len(losses) % 25 == 0:
            print('batch %d loss %.5f' % (len(losses), value))
except tf.errors.OutOfRangeError:
    print('Done training for %d batches' % len(losses))
finally:
    # When done, ask the threads to stop.
    coord.request_stop()

# Wait for threads to finish.
coord.join(threads)
print('weights sum %.4f' % np.abs(sess.run(weights)).sum())
sess.close()
os.remove(FILENAME)
print('final loss %.6f' % np.mean(losses[-5:]))
