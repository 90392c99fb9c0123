""" Auto Encoder on the digits: 64 -> 32 -> 8 -> 32 -> 64, weights in dictionaries. """
from __future__ import division, print_function, absolute_import

import numpy as np
import tensorflow as tf
from sklearn import datasets

np.random.seed(3)
tf.set_random_seed(3)

# Training Parameters
learning_rate = 0.01
num_steps = 300
batch_size = 128
display_step = 100

# Network Parameters
num_hidden_1 = 32
num_hidden_2 = 8
num_input = 64

data = datasets.load_digits().data / 16.0
X = tf.placeholder("float", [None, num_input])

weights = {
    'encoder_h1': tf.Variable(tf.random_normal([num_input, num_hidden_1], stddev=0.3, seed=1)),
    'encoder_h2': tf.Variable(tf.random_normal([num_hidden_1, num_hidden_2], stddev=0.3, seed=2)),
    'decoder_h1': tf.Variable(tf.random_normal([num_hidden_2, num_hidden_1], stddev=0.3, seed=3)),
    'decoder_h2': tf.Variable(tf.random_normal([num_hidden_1, num_input], stddev=0.3, seed=4)),
}
biases = {
    'encoder_b1': tf.Variable(tf.zeros([num_hidden_1])),
    'encoder_b2': tf.Variable(tf.zeros([num_hidden_2])),
    'decoder_b1': tf.Variable(tf.zeros([num_hidden_1])),
    'decoder_b2': tf.Variable(tf.zeros([num_input])),
}


def encoder(x):
    layer_1 = tf.nn.sigmoid(tf.add(tf.matmul(x, weights['encoder_h1']), biases['encoder_b1']))
    return tf.nn.sigmoid(tf.add(tf.matmul(layer_1, weights['encoder_h2']), biases['encoder_b2']))


def decoder(x):
    layer_1 = tf.nn.sigmoid(tf.add(tf.matmul(x, weights['decoder_h1']), biases['decoder_b1']))
    return tf.nn.sigmoid(tf.add(tf.matmul(layer_1, weights['decoder_h2']), biases['decoder_b2']))


encoder_op = encoder(X)
decoder_op = decoder(encoder_op)

# Targets (Labels) are the input data.
y_pred = decoder_op
y_true = X
loss = tf.reduce_mean(tf.pow(y_true - y_pred, 2))
per_image = tf.reduce_sum(tf.pow(y_true - y_pred, 2), reduction_indices=1, keep_dims=True)
optimizer = tf.train.RMSPropOptimizer(learning_rate).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.initialize_all_variables())
    for i in range(1, num_steps + 1):
        batch_x = data[np.random.choice(len(data), batch_size, replace=False)]
        _, l = sess.run([optimizer, loss], feed_dict={X: batch_x})
        if i % display_step == 0 or i == 1:
            print('Step %i: Minibatch Loss: %f' % (i, l))

    code, worst = sess.run([encoder_op, tf.reduce_max(per_image)], feed_dict={X: data[:100]})
    print('code shape', code.shape, 'mean %.5f' % code.mean())
    print('worst image %.4f' % worst)
    print('final loss %.6f' % sess.run(loss, feed_dict={X: data}))
