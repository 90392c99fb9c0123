import numpy as np
import tensorflow as tf


def batches(x, y):
    """Batches for ever."""
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).repeat().batch(20)
    return dataset


def test_batches(x, y):
    dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(20)
    return dataset


data = np.random.RandomState(0).randn(100, 3).astype(np.float32)
target = data.sum(1)
batches_iterator = iter(batches(data, target))
w = tf.Variable(tf.zeros([3]))
optimizer = tf.keras.optimizers.Adam(0.1, epsilon=1e-8)


@tf.function
def train_step(xs, ys):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.reduce_sum(xs * w, 1) - ys))
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


for _ in range(20):
    value = train_step(*batches_iterator.get_next()).numpy()
    print('%.6f' % value)
