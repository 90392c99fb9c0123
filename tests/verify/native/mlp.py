"""Two layers with dropout, weight decay, a decaying rate, summaries and a shuffled epoch."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
data = rng.randn(120, 6).astype(np.float32)
target = (data[:, 0] * data[:, 1] + data[:, 2] > 0).astype(np.int64) + (data[:, 3] > 0.5)


class Dense(tf.Module):
    def __init__(self, inputs, units, name, activation=None):
        super().__init__(name=name)
        initializer = tf.keras.initializers.TruncatedNormal(stddev=0.3)
        self.w = tf.Variable(initializer([inputs, units]), name="w")
        self.b = tf.Variable(tf.fill([units], 0.1), name="b")
        self.activation = activation

    def __call__(self, inputs):
        out = inputs @ self.w + self.b
        return self.activation(out) if self.activation else out


hidden = Dense(6, 16, "hidden", tf.nn.relu)
head = Dense(16, 3, "logits")
variables = [hidden.w, hidden.b, head.w, head.b]
rate = tf.keras.optimizers.schedules.ExponentialDecay(0.05, 5, 0.8, staircase=True)
optimizer = tf.keras.optimizers.Adam(rate, beta_1=0.9, epsilon=1e-4)
optimizer.build(variables)


@tf.function
def train_step(x, y, keep_prob):
    with tf.GradientTape() as tape:
        logits = head(tf.nn.dropout(hidden(x), rate=1 - keep_prob))
        xent = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
        loss = xent + 0.01 * (tf.nn.l2_loss(hidden.w) + tf.nn.l2_loss(head.w))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


@tf.function
def evaluate(x, y):
    logits = head(hidden(x))
    return tf.reduce_sum(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.int32))


writer = tf.summary.create_file_writer("logs")
for epoch in range(2):
    order = np.random.permutation(100)
    for start in range(0, 100, 10):
        rows = order[start : start + 10]
        value = train_step(data[rows], target[rows], 0.7)
        with writer.as_default(step=epoch * 10 + start // 10):
            tf.summary.write("loss", value)  # tf.summary.scalar needs TensorBoard
    right = evaluate(data[100:], target[100:])
    print("epoch", epoch, "loss %.5f" % value, "accuracy %.3f" % (right / 20))
writer.close()
