"""Convolutions with batch normalization."""

import os

os.environ["TF_USE_LEGACY_KERAS"] = "1"  # Keras 3 averages another estimate of the variance

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(3)
images = rng.rand(64, 8, 8, 2).astype(np.float32)
labels = np.eye(2, dtype=np.float32)[
    (images[:, :4, 2:, 0].mean((1, 2)) > images[:, 4:, :6, 1].mean((1, 2))).astype(int)
]

layers = tf.keras.layers
model = tf.keras.Sequential(
    [
        layers.Conv2D(4, 3, padding="same", use_bias=False, name="conv1"),
        layers.BatchNormalization(momentum=0.9, epsilon=0.001, name="bn1"),
        layers.ReLU(),
        layers.MaxPooling2D(2, 2),
        layers.Conv2D(6, 3, padding="same", activation=lambda x: tf.nn.leaky_relu(x, 0.2), name="conv2"),
        layers.Reshape([4 * 4 * 6]),
        layers.Dense(2, name="out", kernel_initializer="glorot_normal"),
    ]
)
model.build([None, 8, 8, 2])
optimizer = tf.keras.optimizers.SGD(0.02, momentum=0.9)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))
    variables = model.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


@tf.function
def evaluate(x, y):
    logits = model(x, training=False)
    correct = tf.equal(tf.argmax(logits, 1), tf.argmax(y, 1))
    return tf.reduce_mean(tf.cast(correct, tf.float32)), tf.nn.softmax(logits)


for i in range(12):
    a = (i * 8) % 48
    value = train_step(images[a : a + 8], labels[a : a + 8])
    if i % 4 == 3:
        accuracy, probs = evaluate(images[48:], labels[48:])
        print("step %d loss %.4f accuracy %.4f" % (i, value, accuracy))
