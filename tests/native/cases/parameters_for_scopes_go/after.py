import numpy as np
import tensorflow as tf


def net(x, training=True):
    # One scope for training and for testing
    # A layer of rectifiers, and one for the output
    hidden = dense(x)
    out = dense_1(hidden)
    return out if training else tf.nn.sigmoid(out)


dense = tf.keras.layers.Dense(5, tf.nn.relu)
dense_1 = tf.keras.layers.Dense(1)
optimizer = tf.keras.optimizers.SGD(0.1)
data = np.ones([4, 2], np.float32)


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def train_step(x):
    with tf.GradientTape() as tape:
        logits = net(x)
        loss = tf.reduce_mean(tf.square(logits))
    variables = dense.trainable_variables + dense_1.trainable_variables
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def compute_tested(x):
    tested = net(x, training=False)
    return tested


for _ in range(3):
    train_step(data)
print(compute_tested(data).numpy())
