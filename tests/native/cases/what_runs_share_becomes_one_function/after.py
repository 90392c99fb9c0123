import numpy as np
import tensorflow as tf

w = tf.Variable(tf.zeros([2, 1]))

optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)

data = np.ones([4, 2])
target = np.ones([4, 1])


def forward(x):
    hidden = tf.matmul(x, w)
    out = tf.nn.tanh(hidden)  # between -1 and 1
    return out


@tf.function(input_signature=[
    tf.TensorSpec([None, 2], tf.float32),
    tf.TensorSpec([None, 1], tf.float32),
])
def train_step(x, y):
    with tf.GradientTape() as tape:
        out = forward(x)
        loss = tf.reduce_mean(tf.square(out - y))
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[
    tf.TensorSpec([None, 2], tf.float32),
    tf.TensorSpec([None, 1], tf.float32),
])
def compute_accuracy(x, y):
    out = forward(x)
    accuracy = tf.reduce_mean(tf.cast(tf.equal(out > 0, y > 0), tf.float32))
    return accuracy


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def predict(x):
    out = forward(x)
    return out


for _ in range(5):
    train_step(data, target)
print(compute_accuracy(data, target).numpy())
print(predict(data).numpy())
