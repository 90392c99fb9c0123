"""Mixture density network on an ambiguous curve, with tf.distributions, logsumexp and sampling from the mixture."""
import numpy as np
import tensorflow as tf

ds = tf.distributions
rng = np.random.RandomState(71)
tf.set_random_seed(71)

NSAMPLE, KMIX, NHIDDEN = 400, 3, 15
y_data = rng.uniform(-8.0, 8.0, (NSAMPLE, 1))
x_data = np.sin(0.75 * y_data) * 5.0 + y_data * 0.5 + 0.3 * rng.normal(size=(NSAMPLE, 1))  # more than one y for an x

x = tf.placeholder(dtype=tf.float32, shape=[None, 1], name='x')
y = tf.placeholder(dtype=tf.float32, shape=[None, 1], name='y')


def Weight(shape, name, seed):
    return tf.get_variable(name, initializer=tf.random_normal(shape, stddev=0.4, seed=seed, dtype=tf.float32))


Wh, bh = Weight([1, NHIDDEN], 'Wh', 1), Weight([1, NHIDDEN], 'bh', 2)
Wo, bo = Weight([NHIDDEN, KMIX * 3], 'Wo', 3), Weight([1, KMIX * 3], 'bo', 4)
hidden = tf.tanh(tf.matmul(x / 4.0, Wh) + bh)
logits, mu, log_sigma = tf.split(value=tf.matmul(hidden, Wo) + bo, num_or_size_splits=3, axis=1)
components = ds.Normal(loc=mu * 4.0, scale=tf.nn.softplus(log_sigma) + 0.1)
mixture = ds.Categorical(logits=logits)

log_prob = tf.reduce_logsumexp(components.log_prob(y) + tf.nn.log_softmax(logits), axis=1)
prior = ds.Normal(loc=0.0, scale=5.0)
loss = -tf.reduce_mean(log_prob) - tf.reduce_sum(prior.log_prob(Wh)) / NSAMPLE
entropy = tf.reduce_mean(mixture.entropy())
divergence = ds.kl_divergence(components, ds.Normal(loc=0.0, scale=3.0))
train_op = tf.train.AdamOptimizer(learning_rate=0.02).minimize(loss)

# a sample: pick a component, then its value
picked = tf.one_hot(mixture.sample(seed=5), KMIX)
sample = tf.reduce_sum(picked * components.sample(seed=6), axis=1)
by_multinomial = tf.multinomial(logits, num_samples=4, seed=7)

sess = tf.Session()
sess.run(tf.initialize_all_variables())
for i in range(101):
    _, value = sess.run([train_op, loss], feed_dict={x: x_data, y: y_data})
    if i % 25 == 0:
        print('step %d loss %.6f' % (i, value))

grid = np.array([[-3.0], [0.0], [3.0]])
weights, means, deviations, kl = sess.run([mixture.probs, components.mean(), components.stddev(), divergence], {x: grid})
for row in range(3):
    print('x = %.1f:' % grid[row, 0], ' + '.join('%.5f N(%.5f, %.5f)' % t for t in zip(weights[row], means[row], deviations[row])))
print('entropy %.6f divergence %.6f' % (sess.run(entropy, {x: grid}), kl.mean()))
print('four draws for each x: %s' % sess.run(by_multinomial, {x: grid}).tolist())
print('samples', ' '.join('%.5f' % v for v in sess.run(sample, {x: np.repeat(grid, 2, 0)})))
other = ds.Gamma(concentration=2.0, rate=0.5), ds.Beta(2.0, 3.0), ds.Bernoulli(probs=0.3), ds.Uniform(1.0, 3.0)
print('means', ' '.join('%.4f' % v for v in sess.run([d.mean() for d in other])))
print('final loss %.6f' % sess.run(loss, {x: x_data, y: y_data}))
