"""REINFORCE with a baseline on a cart-pole written in NumPy: gradients of log probabilities, summed over episodes."""
import argparse
import math

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument('--episodes', type=int, default=60)
parser.add_argument('--update_frequency', type=int, default=5)
parser.add_argument('--gamma', type=float, default=0.98)
parser.add_argument('--max_steps', type=int, default=120)


class CartPole(object):
  """The usual equations, Euler steps of 20 ms."""

  gravity, masscart, masspole, length, force = 9.8, 1.0, 0.1, 0.5, 10.0

  def __init__(self, rng):
    self.rng = rng

  def reset(self):
    self.state = self.rng.uniform(-0.05, 0.05, 4)
    return self.state

  def step(self, action):
    x, x_dot, theta, theta_dot = self.state
    force = self.force if action == 1 else -self.force
    total = self.masscart + self.masspole
    temp = (force + self.masspole * self.length * theta_dot ** 2 * math.sin(theta)) / total
    theta_acc = (self.gravity * math.sin(theta) - math.cos(theta) * temp) / (
        self.length * (4.0 / 3.0 - self.masspole * math.cos(theta) ** 2 / total))
    x_acc = temp - self.masspole * self.length * theta_acc * math.cos(theta) / total
    self.state = np.array([x + 0.02 * x_dot, x_dot + 0.02 * x_acc, theta + 0.02 * theta_dot,
                           theta_dot + 0.02 * theta_acc])
    done = abs(self.state[0]) > 2.4 or abs(self.state[2]) > 12 * math.pi / 180
    return self.state, 1.0, done


def discount_rewards(r, gamma):
  """Takes a 1D float array of rewards and computes the discounted reward."""
  discounted = np.zeros_like(r)
  running_add = 0.0
  for t in reversed(range(len(r))):
    running_add = running_add * gamma + r[t]
    discounted[t] = running_add
  return discounted


class Agent(object):
  def __init__(self, lr=0.02, s_size=4, h_size=8):
    self.state_in = tf.placeholder(shape=[None, s_size], dtype=tf.float32)
    hidden = tf.contrib.layers.fully_connected(
        self.state_in, h_size, biases_initializer=None, activation_fn=tf.nn.tanh,
        weights_initializer=tf.contrib.layers.xavier_initializer(seed=1))
    self.probability = tf.contrib.layers.fully_connected(
        hidden, 1, activation_fn=tf.nn.sigmoid, biases_initializer=None,
        weights_initializer=tf.contrib.layers.xavier_initializer(seed=2))
    self.action = tf.placeholder(shape=[None, 1], dtype=tf.float32)
    self.advantage = tf.placeholder(shape=[None, 1], dtype=tf.float32)
    likelihood = self.action * self.probability + (1 - self.action) * (1 - self.probability)
    self.loss = -tf.reduce_mean(tf.log(likelihood) * self.advantage)

    tvars = tf.trainable_variables()
    self.gradient_holders = [tf.placeholder(tf.float32, name=str(idx) + '_holder') for idx, _ in enumerate(tvars)]
    self.gradients = tf.gradients(self.loss, tvars)
    optimizer = tf.train.AdamOptimizer(learning_rate=lr)
    self.update_batch = optimizer.apply_gradients(zip(self.gradient_holders, tvars))


def main(args):
  tf.reset_default_graph()
  tf.set_random_seed(1)
  rng = np.random.RandomState(1)
  env, agent = CartPole(rng), Agent()
  with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    grad_buffer = [np.zeros_like(g) for g in sess.run(tf.trainable_variables())]
    baseline, lengths = 20.0, []
    for i in range(1, args.episodes + 1):
      s, states, actions, rewards = env.reset(), [], [], []
      for _ in range(args.max_steps):
        p = sess.run(agent.probability, {agent.state_in: [s]})[0, 0]
        a = 1 if rng.uniform() < p else 0
        states.append(s)
        actions.append(a)
        s, r, done = env.step(a)
        rewards.append(r)
        if done:
          break
      returns = discount_rewards(np.array(rewards), args.gamma)
      feed = {agent.state_in: np.vstack(states), agent.action: np.vstack(actions),
              agent.advantage: (returns - baseline)[:, np.newaxis] / 10.0}
      grads, loss = sess.run([agent.gradients, agent.loss], feed_dict=feed)
      baseline = 0.9 * baseline + 0.1 * returns.mean()
      lengths.append(len(rewards))
      for idx, grad in enumerate(grads):
        grad_buffer[idx] += grad
      if i % args.update_frequency == 0:
        sess.run(agent.update_batch, feed_dict=dict(zip(agent.gradient_holders, grad_buffer)))
        grad_buffer = [g * 0 for g in grad_buffer]
      if i % 15 == 0:
        print('episode %d, mean length of the last 15: %.4f, loss %.6f' % (i, np.mean(lengths[-15:]), loss))
    weights = sess.run(tf.trainable_variables())[1]
    print('output weights', ' '.join('%.6f' % w for w in weights[:4, 0]))
    print('final loss %.6f' % loss)


if __name__ == '__main__':
  main(parser.parse_args())
