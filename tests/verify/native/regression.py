"""Plain variables and gradient descent in float64, tf.data, and Python around it."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
features = rng.rand(30, 2) * [1.0, 10.0]
labels = features.dot([3.0, -0.2]) + 1.0
mean, std = features[:20].mean(0), features[:20].std(0)
features = (features - mean) / std

train_set = tf.data.Dataset.from_tensor_slices((features[:20], labels[:20])).shuffle(20, seed=3).repeat().batch(5)
w = tf.Variable([[0.1], [0.2]], dtype=tf.float64, name="w")
c = tf.Variable(0.5, dtype=tf.float64, name="c")
rate = tf.keras.optimizers.schedules.PiecewiseConstantDecay([10, 15], [0.3, 0.1, 0.05])
optimizer = tf.keras.optimizers.SGD(rate)


def predict(inputs):
    return tf.matmul(inputs, w)[:, 0] + c


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(predict(a) - b)) / 2
    variables = [w, c]
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


@tf.function
def test():
    return tf.sqrt(tf.reduce_mean(tf.math.squared_difference(predict(tf.constant(features[20:])), labels[20:])))


batches = iter(train_set)
for _ in range(20):
    value = train_step(*next(batches))
rmse = test()
print("loss", value.numpy(), "rmse", rmse.numpy(), "share", 7 / 20)
print("w", w.numpy().tolist(), "c", c.numpy())
