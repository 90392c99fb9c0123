"""Eager execution as it was in TensorFlow 1.15: tf.enable_eager_execution, GradientTape, tf.contrib.eager."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

tf.random.set_seed(6)
np.random.seed(6)

iris = load_iris()
x = ((iris.data - iris.data.mean(0)) / iris.data.std(0)).astype(np.float32)
y = iris.target.astype(np.int32)

W1 = tf.Variable(np.random.randn(4, 10).astype(np.float32) * 0.3, name='W1')
b1 = tf.Variable(np.zeros(10, np.float32), name='b1')
W2 = tf.Variable(np.random.randn(10, 3).astype(np.float32) * 0.3, name='W2')
b2 = tf.Variable(np.zeros(3, np.float32), name='b2')
variables = [W1, b1, W2, b2]


def model(inputs):
    return tf.matmul(tf.nn.tanh(tf.matmul(inputs, W1) + b1), W2) + b2


def loss(inputs, targets):
    return tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(targets, model(inputs))


dataset = tf.data.Dataset.from_tensor_slices((x, y)).batch(50).repeat(40)
optimizer = tf.keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)
global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")

for i, (features, labels) in enumerate(dataset):
    with tf.GradientTape() as tape:
        value = loss(features, labels)
    grads = tape.gradient(value, variables)
    optimizer.apply_gradients(zip(grads, variables))
    global_step.assign_add(1)
    if i % 40 == 0:
        print('step %d loss %.5f' % (i, value))

guess = tf.argmax(model(x), axis=1, output_type=tf.int32)
print('steps taken: %d' % global_step.numpy())
print('accuracy %.4f' % tf.reduce_mean(tf.cast(tf.equal(guess, y), tf.float32)).numpy())
print('final loss %.6f' % loss(x, y).numpy())
