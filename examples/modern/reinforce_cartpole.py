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
    self.hidden_dense = tf.keras.layers.Dense(h_size, use_bias=False, activation=tf.nn.tanh, kernel_initializer=tf.keras.initializers.GlorotUniform(seed=1))
    self.dense = tf.keras.layers.Dense(1, activation=tf.nn.sigmoid, use_bias=False, kernel_initializer=tf.keras.initializers.GlorotUniform(seed=2))

    self.optimizer = tf.keras.optimizers.Adam(learning_rate=lr, epsilon=1e-8)
    self.compute_probability = tf.function(self.compute_probability, input_signature=[
      tf.TensorSpec([None, s_size], tf.float32),
    ])
    self.evaluate = tf.function(self.evaluate, input_signature=[
      tf.TensorSpec([None, s_size], tf.float32),
      tf.TensorSpec([None, 1], tf.float32),
      tf.TensorSpec([None, 1], tf.float32),
    ])
    self.compute_probability.get_concrete_function()  # layers make their variables at the first call

  def compute_probability(self, state_in):
    hidden = self.hidden_dense(state_in)
    probability = self.dense(hidden)
    return probability

  def evaluate(self, state_in, action, advantage):
    with tf.GradientTape() as tape:
      hidden = self.hidden_dense(state_in)
      probability = self.dense(hidden)
      likelihood = action * probability + (1 - action) * (1 - probability)
      loss = -tf.reduce_mean(tf.math.log(likelihood) * advantage)
    tvars = self.hidden_dense.trainable_variables + self.dense.trainable_variables
    gradients = tape.gradient(loss, tvars)
    return gradients, loss

  @tf.function
  def update_batch(self, gradient_holders):
    gradient_holders = [tf.cast(t, tf.float32) for t in gradient_holders]
    tvars = self.hidden_dense.trainable_variables + self.dense.trainable_variables
    self.optimizer.apply_gradients(zip(gradient_holders, tvars))


def main(args):
  tf.random.set_seed(1)
  rng = np.random.RandomState(1)
  env, agent = CartPole(rng), Agent()
  grad_buffer = [np.zeros_like(g) for g in [v.numpy() for v in agent.hidden_dense.trainable_variables + agent.dense.trainable_variables]]
  baseline, lengths = 20.0, []
  for i in range(1, args.episodes + 1):
    s, states, actions, rewards = env.reset(), [], [], []
    for _ in range(args.max_steps):
      p = agent.compute_probability([s]).numpy()[0, 0]
      a = 1 if rng.uniform() < p else 0
      states.append(s)
      actions.append(a)
      s, r, done = env.step(a)
      rewards.append(r)
      if done:
        break
    returns = discount_rewards(np.array(rewards), args.gamma)
    feed = {'state_in': np.vstack(states), 'action': np.vstack(actions),
            'advantage': (returns - baseline)[:, np.newaxis] / 10.0}
    grads, loss = tf.nest.map_structure(lambda t: t.numpy(), agent.evaluate(**feed))
    baseline = 0.9 * baseline + 0.1 * returns.mean()
    lengths.append(len(rewards))
    for idx, grad in enumerate(grads):
      grad_buffer[idx] += grad
    if i % args.update_frequency == 0:
      agent.update_batch(grad_buffer)
      grad_buffer = [g * 0 for g in grad_buffer]
    if i % 15 == 0:
      print('episode %d, mean length of the last 15: %.4f, loss %.6f' % (i, np.mean(lengths[-15:]), loss))
  weights = [v.numpy() for v in agent.hidden_dense.trainable_variables + agent.dense.trainable_variables][1]
  print('output weights', ' '.join('%.6f' % w for w in weights[:4, 0]))
  print('final loss %.6f' % loss)


if __name__ == '__main__':
  main(parser.parse_args())
