"""Generator and discriminator, two optimizers, smoothed labels."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(1)
dense = tf.keras.layers.Dense
generator = tf.keras.Sequential([tf.keras.Input([3]), dense(8, "tanh"), dense(2)])
discriminator = tf.keras.Sequential([tf.keras.Input([2]), dense(8, "relu"), dense(1)])
bce = tf.nn.sigmoid_cross_entropy_with_logits
opt_d = tf.keras.optimizers.SGD(0.05)
opt_g = tf.keras.optimizers.Adam(0.01, beta_1=0.5, epsilon=1e-8)


@tf.function(input_signature=[tf.TensorSpec([None, 2]), tf.TensorSpec([None, 3])])
def train_d(real, noise):
    with tf.GradientTape() as tape:
        on_real, on_fake = discriminator(real), discriminator(generator(noise))
        loss = tf.reduce_mean(
            bce(logits=on_real, labels=0.9 * tf.ones_like(on_real)) + bce(logits=on_fake, labels=tf.zeros_like(on_fake))
        )
    variables = discriminator.trainable_variables
    opt_d.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, 3])])
def train_g(noise):
    with tf.GradientTape() as tape:
        on_fake = discriminator(generator(noise))
        loss = tf.reduce_mean(bce(logits=on_fake, labels=tf.ones_like(on_fake)))
    variables = generator.trainable_variables
    opt_g.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, 3])])
def sample(noise):
    return generator(noise)


for _ in range(15):
    xs = rng.randn(16, 2) * 0.3 + [1.0, -1.0]
    d = train_d(xs, rng.randn(16, 3))
    g = train_g(rng.randn(16, 3))
print("d %.4f g %.4f" % (d, g))
print(sample(np.ones([2, 3])).numpy())
