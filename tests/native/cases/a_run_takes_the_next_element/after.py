import numpy as np
import tensorflow as tf

x = np.arange(6).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((x, x * 2))
dataset = dataset.map(lambda a, b: (a, tf.cast(b, tf.float32))).batch(2)
iterator = iter(dataset)

w = tf.Variable(3.0)
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def compute_loss(a, b):
    loss = tf.reduce_mean(tf.square(a * w - b))
    return loss


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(a * w - b))
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


print(compute_loss(x, x).numpy())
print(iterator.get_next()[0].numpy())
try:
    while True:
        print(train_step(*iterator.get_next()).numpy())
except tf.errors.OutOfRangeError:
    print('end')
