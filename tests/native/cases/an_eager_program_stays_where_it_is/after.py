import numpy as np
import tensorflow as tf


class Net(tf.keras.Model):
    def __init__(self):
        super(Net, self).__init__()
        self.hidden = tf.keras.layers.Dense(8, activation=tf.nn.tanh)
        self.out = tf.keras.layers.Dense(3)

    def call(self, x):
        return self.out(self.hidden(x)) * scale


def loss_fn(model, x, y):
    return tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, model(x))


scale = tf.Variable(1.0, name='scale')
net = Net()
optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)
step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")


def grad(model, x, y):
    with tf.GradientTape() as tape:
        value = loss_fn(model, x, y)
    variables = tape.watched_variables()
    return list(zip(tape.gradient(value, variables), variables))


batches = iter(tf.data.Dataset.from_tensor_slices((np.eye(3, dtype=np.float32), [0, 1, 2])).repeat().batch(2))
for _ in range(10):
    x, y = next(batches)
    optimizer.apply_gradients(grad(net, x, y))
    step.assign_add(1)
print('step %d, scale %.6f, final loss %.6f' % (step.numpy(), scale.numpy(), loss_fn(net, x, y)))
