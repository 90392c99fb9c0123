"""Deep Q-network in a grid world: replay memory, epsilon-greedy actions, a target network that is copied with assign."""
import collections
import random

import numpy as np
import tensorflow as tf


class RMSProp(tf.keras.optimizers.RMSprop):
    """RMSProp as in TensorFlow 1: the mean of squared gradients starts at one."""

    def add_optimizer_variables(self, variables, name, initializer="zeros"):
        return super().add_optimizer_variables(variables, name, "ones" if name == "velocity" else initializer)


SIZE = 4
HOLES = {(1, 1), (2, 3)}
GOAL = (3, 3)
MOVES = [(-1, 0), (1, 0), (0, -1), (0, 1)]  # up, down, left, right
NAMES = '^v<>'


class GridWorld(object):
    """Walk from the upper left to the lower right corner and do not fall into a hole."""

    def reset(self):
        self.position = (0, 0)
        return self.observe()

    def observe(self):
        one_hot = np.zeros(SIZE * SIZE, np.float32)
        one_hot[self.position[0] * SIZE + self.position[1]] = 1
        return one_hot

    def step(self, action):
        row, column = (min(SIZE - 1, max(0, p + d)) for p, d in zip(self.position, MOVES[action]))
        self.position = (row, column)
        if self.position == GOAL:
            return self.observe(), 1.0, True
        if self.position in HOLES:
            return self.observe(), -1.0, True
        return self.observe(), -0.03, False


class Net(tf.Module):
    def __init__(self, n_actions, trainable):
        super().__init__()
        self.l1 = tf.keras.layers.Dense(20, tf.nn.tanh, kernel_initializer=tf.random_normal_initializer(0., 0.3, seed=1), trainable=trainable, name='l1')
        self.q = tf.keras.layers.Dense(n_actions, kernel_initializer=tf.random_normal_initializer(0., 0.3, seed=1), trainable=trainable, name='q')

    def __call__(self, x):
        hidden = self.l1(x)
        return self.q(hidden)


class DQN(object):
    def __init__(self, n_actions=4, n_features=SIZE * SIZE, gamma=0.9, learning_rate=0.003, batch_size=32):
        self.n_actions = n_actions
        self.gamma, self.batch_size = gamma, batch_size
        self.memory = collections.deque(maxlen=500)
        self.eval_net = Net(n_actions, trainable=True)
        self.target_net = Net(n_actions, trainable=False)

        self.optimizer = RMSProp(learning_rate, epsilon=1e-4)
        self.compute_q_eval = tf.function(self.compute_q_eval, input_signature=[
            tf.TensorSpec([None, n_features], tf.float32),
        ])
        self.compute_q_next = tf.function(self.compute_q_next, input_signature=[
            tf.TensorSpec([None, n_features], tf.float32),
        ])
        self.train_step = tf.function(self.train_step, input_signature=[
            tf.TensorSpec([None, n_features], tf.float32),
            tf.TensorSpec([None], tf.int32),
            tf.TensorSpec([None], tf.float32),
        ])
        self.compute_q_eval.get_concrete_function()  # layers make their variables at the first call
        self.compute_q_next.get_concrete_function()  # layers make their variables at the first call
        self.replace_target()

    @tf.function
    def replace_target(self):
        e_params = self.eval_net.l1.variables + self.eval_net.q.variables
        t_params = self.target_net.l1.variables + self.target_net.q.variables
        for t, e in zip(t_params, e_params):
            t.assign(e)

    def compute_q_eval(self, s):
        q_eval = self.eval_net(s)
        return q_eval

    def compute_q_next(self, s_):
        q_next = self.target_net(s_)
        return q_next

    def train_step(self, s, a, q_target):
        with tf.GradientTape() as tape:
            q_eval = self.eval_net(s)
            picked = tf.reduce_sum(q_eval * tf.one_hot(a, self.n_actions), axis=1)
            loss = tf.keras.losses.Huber()(q_target, picked)
        variables = self.eval_net.l1.trainable_variables + self.eval_net.q.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss

    @tf.function
    def replace_soft(self):
        e_params = self.eval_net.l1.variables + self.eval_net.q.variables
        t_params = self.target_net.l1.variables + self.target_net.q.variables
        for t, e in zip(t_params, e_params):
            t.assign(0.8 * t + 0.2 * e)

    def choose_action(self, observation, epsilon):
        if random.random() < epsilon:
            return random.randrange(len(MOVES))
        return int(np.argmax(self.compute_q_eval(observation[np.newaxis, :]).numpy()))

    def learn(self):
        batch = random.sample(list(self.memory), self.batch_size)
        s, a, r, s_, done = map(np.array, zip(*batch))
        q_next = self.compute_q_next(s_).numpy()
        target = r + self.gamma * q_next.max(axis=1) * (1 - done)
        cost = self.train_step(s, a, target).numpy()
        return cost


def main():
    random.seed(9)
    tf.random.set_seed(9)
    env, agent = GridWorld(), DQN()
    step, costs, returns = 0, [0.0], []
    for episode in range(120):
        s, done, total, t = env.reset(), False, 0.0, 0
        while not done and t < 30:
            a = agent.choose_action(s, epsilon=max(0.1, 1.0 - episode / 60.0))
            s_, r, done = env.step(a)
            agent.memory.append((s, a, r, s_, float(done)))
            s, total, t, step = s_, total + r, t + 1, step + 1
            if step > 100 and step % 2 == 0:
                costs.append(agent.learn())
            if step % 5 == 0:
                agent.replace_soft()
        returns.append(total)
        if episode % 20 == 19:
            print('episode %d mean return %.4f cost %.6f' % (episode + 1, np.mean(returns[-20:]), np.mean(costs[-100:])))

    q = agent.compute_q_eval(np.eye(SIZE * SIZE)).numpy()
    for row in range(SIZE):
        print(''.join('G' if (row, c) == GOAL else 'o' if (row, c) in HOLES else NAMES[q[row * SIZE + c].argmax()]
                      for c in range(SIZE)))
    print('value of the start %.6f' % q[0].max())
    print('final loss %.6f' % np.mean(costs[-100:]))


if __name__ == '__main__':
    main()
