""" Auto Encoder on the digits: 64 -> 32 -> 8 -> 32 -> 64, weights in dictionaries. """
from __future__ import division, print_function, absolute_import

import numpy as np
import tensorflow as tf
from sklearn import datasets


class RMSProp(tf.keras.optimizers.RMSprop):
    """RMSProp as in TensorFlow 1: the mean of squared gradients starts at one."""

    def add_optimizer_variables(self, variables, name, initializer="zeros"):
        return super().add_optimizer_variables(variables, name, "ones" if name == "velocity" else initializer)


np.random.seed(3)
tf.random.set_seed(3)

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

weights = {
    'encoder_h1': tf.Variable(tf.random.normal([num_input, num_hidden_1], stddev=0.3, seed=1)),
    'encoder_h2': tf.Variable(tf.random.normal([num_hidden_1, num_hidden_2], stddev=0.3, seed=2)),
    'decoder_h1': tf.Variable(tf.random.normal([num_hidden_2, num_hidden_1], stddev=0.3, seed=3)),
    'decoder_h2': tf.Variable(tf.random.normal([num_hidden_1, num_input], stddev=0.3, seed=4)),
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


optimizer = RMSProp(learning_rate, epsilon=1e-10)


def forward(X):
    encoder_op = encoder(X)
    decoder_op = decoder(encoder_op)
    # Targets (Labels) are the input data.
    y_pred = decoder_op
    y_true = X
    return encoder_op, y_pred, y_true


@tf.function(input_signature=[tf.TensorSpec([None, num_input], tf.float32)])
def train_step(X):
    with tf.GradientTape() as tape:
        _, y_pred, y_true = forward(X)
        loss = tf.reduce_mean(tf.pow(y_true - y_pred, 2))
    variables = [weights['encoder_h1'], weights['encoder_h2'], weights['decoder_h1'], weights['decoder_h2'], biases['encoder_b1'], biases['encoder_b2'], biases['decoder_b1'], biases['decoder_b2']]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, num_input], tf.float32)])
def evaluate(X):
    encoder_op, y_pred, y_true = forward(X)
    per_image = tf.reduce_sum(tf.pow(y_true - y_pred, 2), axis=1, keepdims=True)
    return encoder_op, tf.reduce_max(per_image)


@tf.function(input_signature=[tf.TensorSpec([None, num_input], tf.float32)])
def compute_loss(X):
    _, y_pred, y_true = forward(X)
    loss = tf.reduce_mean(tf.pow(y_true - y_pred, 2))
    return loss


for i in range(1, num_steps + 1):
    batch_x = data[np.random.choice(len(data), batch_size, replace=False)]
    l = train_step(batch_x).numpy()
    if i % display_step == 0 or i == 1:
        print('Step %i: Minibatch Loss: %f' % (i, l))

code, worst = (t.numpy() for t in evaluate(data[:100]))
print('code shape', code.shape, 'mean %.5f' % code.mean())
print('worst image %.4f' % worst)
print('final loss %.6f' % compute_loss(data).numpy())
