import numpy as np
import tensorflow as tf

a = tf.Variable(tf.ones_initializer()([2]), name="first/w")
b = tf.Variable(tf.ones_initializer()([2]), name="second/w")
first = [a]
second = [b]
optimizer = tf.keras.optimizers.SGD(0.1)
optimizer_1 = tf.keras.optimizers.SGD(0.2)


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def train_a(x):
    with tf.GradientTape() as tape:
        loss_a = tf.reduce_mean(tf.square(tf.reduce_sum(a * x, 1) - 1.0))
    variables = first
    gradients = tape.gradient(loss_a, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def train_b(x):
    with tf.GradientTape() as tape:
        loss_b = tf.reduce_mean(tf.square(tf.reduce_sum(a * b * x, 1)))
    variables = second
    gradients = tape.gradient(loss_b, variables)
    optimizer_1.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def evaluate(x):
    loss_a = tf.reduce_mean(tf.square(tf.reduce_sum(a * x, 1) - 1.0))
    loss_b = tf.reduce_mean(tf.square(tf.reduce_sum(a * b * x, 1)))
    return loss_a, loss_b


for _ in range(3):
    train_a(np.ones([4, 2]))
    train_b(np.ones([4, 2]))
print([t.numpy() for t in evaluate(np.ones([4, 2]))])
