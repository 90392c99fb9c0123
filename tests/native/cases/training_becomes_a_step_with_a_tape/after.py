import numpy as np
import tensorflow as tf

w = tf.Variable(0.5, name="weight")
b = tf.Variable(0.0, name="bias")

optimizer = tf.keras.optimizers.SGD(0.1)

xs = np.linspace(0, 1, 20)


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([None], tf.float32)])
def train_step(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(w * x + b - y))
    variables = [w, b]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


for step in range(10):
    value = train_step(xs, 2 * xs).numpy()
    print(step, value)
print(w.numpy(), b.numpy())
