"""Q-learning with a target network that is copied every few steps."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(2)
GAMMA = 0.9


def q_network():
    normal = tf.keras.initializers.RandomNormal(0.0, 0.3)
    layers = [
        tf.keras.Input([4]),
        tf.keras.layers.Dense(
            10, "relu", kernel_initializer=normal, bias_initializer=tf.keras.initializers.Constant(0.1)
        ),
        tf.keras.layers.Dense(3, kernel_initializer=tf.keras.initializers.RandomNormal(0.0, 0.3)),
    ]
    return tf.keras.Sequential(layers)


online, target = q_network(), q_network()


class RMSProp:
    """TensorFlow 1's: the mean square starts at one, epsilon is inside the root."""

    def __init__(self, variables, rate, decay=0.9, epsilon=1e-10):
        self.variables, self.rate, self.decay, self.epsilon = variables, rate, decay, epsilon
        self.squares = [tf.Variable(tf.ones_like(v), trainable=False) for v in variables]

    def apply(self, gradients):
        for v, s, g in zip(self.variables, self.squares, gradients):
            s.assign(self.decay * s + (1 - self.decay) * tf.square(g))
            v.assign_sub(self.rate * g / tf.sqrt(s + self.epsilon))


optimizer = RMSProp(online.trainable_variables, 0.01)


@tf.function(input_signature=[tf.TensorSpec([None, 4])])
def values(state):
    return online(state)


@tf.function(
    input_signature=[
        tf.TensorSpec([None, 4]),
        tf.TensorSpec([None, 4]),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None]),
        tf.TensorSpec([None]),
    ]
)
def train_step(state, after, action, reward, done):
    goal = reward + GAMMA * (1.0 - done) * tf.reduce_max(target(after), axis=1)
    with tf.GradientTape() as tape:
        chosen = tf.reduce_sum(online(state) * tf.one_hot(action, 3), axis=1)
        error = goal - chosen
        loss = tf.reduce_mean(tf.where(tf.abs(error) < 1.0, 0.5 * tf.square(error), tf.abs(error) - 0.5))
    optimizer.apply(tape.gradient(loss, online.trainable_variables))
    return loss


s = rng.randn(4)
for step in range(16):
    if step % 4 == 0:
        target.set_weights(online.get_weights())
    a = int(np.argmax(values([s])[0]))
    s2 = rng.randn(4)
    r = s[a] - 0.5 * s2[0]
    value = train_step([s], [s2], [a], [r], [float(step % 8 == 7)])
    s = s2
print("loss %.6f" % value)
