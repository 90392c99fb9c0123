"""A small variational autoencoder, in eager code around Keras layers."""

import numpy as np
import tensorflow as tf

tf.random.set_seed(5)
rng = np.random.RandomState(9)
points = rng.rand(40, 6).astype(np.float32)

dense = tf.keras.layers.Dense
enc, mean, spread = dense(10, "tanh", name="enc"), dense(2, name="mu"), dense(2, name="log_var")
dec, out = dense(10, "tanh", name="dec"), dense(6, name="out")
optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)


@tf.function
def train_step(x):
    with tf.GradientTape() as tape:
        h = enc(x)
        mu, log_var = mean(h), spread(h)
        eps = tf.random.normal(tf.shape(mu))
        logits = out(dec(mu + tf.exp(0.5 * log_var) * eps))
        recon = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits), 1)
        kl = -0.5 * tf.reduce_sum(1 + log_var - tf.square(mu) - tf.exp(log_var), 1)
        loss = tf.reduce_mean(recon + kl)
    variables = [v for layer in (enc, mean, spread, dec, out) for v in layer.trainable_variables]
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss, kl


for step in range(12):
    value, k = train_step(points[(step * 8) % 40 :][:8])
print("loss %.5f kl %.5f" % (value, k.numpy().mean()))
