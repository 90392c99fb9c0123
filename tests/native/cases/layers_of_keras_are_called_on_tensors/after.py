import numpy as np
import tensorflow as tf
from tensorflow.keras import layers


def network(image):
    return layers.Flatten()(conv_1(image))


conv_1 = layers.Conv2D(40, 3, activation='relu', name='conv')
head = layers.Dense(3)
optimizer = tf.keras.optimizers.SGD(0.1)


def forward(image, label):
    hidden = network(image)
    hidden = tf.keras.layers.LeakyReLU(negative_slope=0.1)(hidden)
    logits = head(hidden)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(label, logits)
    return loss


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None], tf.int64),
])
def train_step(image, label):
    with tf.GradientTape() as tape:
        loss = forward(image, label)
    variables = conv_1.trainable_variables + head.trainable_variables
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None], tf.int64),
])
def compute_loss(image, label):
    loss = forward(image, label)
    return loss


for _ in range(3):
    train_step(np.ones([2, 8, 8, 1], np.float32), [0, 1])
print(compute_loss(np.ones([2, 8, 8, 1], np.float32), [0, 1]).numpy())
