"""Deep Q-network in a grid world: replay memory, epsilon-greedy actions, a target network that is copied with assign."""
import collections
import random

import numpy as np
import tensorflow as tf

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


class DQN(object):
    def __init__(self, n_actions=4, n_features=SIZE * SIZE, gamma=0.9, learning_rate=0.003, batch_size=32):
        self.gamma, self.batch_size = gamma, batch_size
        self.memory = collections.deque(maxlen=500)
        self.s = tf.placeholder(tf.float32, [None, n_features], name='s')
        self.s_ = tf.placeholder(tf.float32, [None, n_features], name='s_')
        self.a = tf.placeholder(tf.int32, [None], name='a')
        self.q_target = tf.placeholder(tf.float32, [None], name='q_target')
        with tf.variable_scope('eval_net'):
            self.q_eval = self._net(self.s, n_actions, trainable=True)
        with tf.variable_scope('target_net'):
            self.q_next = self._net(self.s_, n_actions, trainable=False)
        e_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='eval_net')
        t_params = tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='target_net')
        self.replace_target_op = [tf.assign(t, e) for t, e in zip(t_params, e_params)]
        self.replace_soft_op = tf.group(*[tf.assign(t, 0.8 * t + 0.2 * e) for t, e in zip(t_params, e_params)])

        picked = tf.reduce_sum(self.q_eval * tf.one_hot(self.a, n_actions), axis=1)
        self.loss = tf.losses.huber_loss(self.q_target, picked)
        self.train_op = tf.train.RMSPropOptimizer(learning_rate, epsilon=1e-4).minimize(self.loss)
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())
        self.sess.run(self.replace_target_op)

    @staticmethod
    def _net(x, n_actions, trainable):
        w = tf.random_normal_initializer(0., 0.3, seed=1)
        hidden = tf.layers.dense(x, 20, tf.nn.tanh, kernel_initializer=w, trainable=trainable, name='l1')
        return tf.layers.dense(hidden, n_actions, kernel_initializer=w, trainable=trainable, name='q')

    def choose_action(self, observation, epsilon):
        if random.random() < epsilon:
            return random.randrange(len(MOVES))
        return int(np.argmax(self.sess.run(self.q_eval, feed_dict={self.s: observation[np.newaxis, :]})))

    def learn(self):
        batch = random.sample(list(self.memory), self.batch_size)
        s, a, r, s_, done = map(np.array, zip(*batch))
        q_next = self.sess.run(self.q_next, {self.s_: s_})
        target = r + self.gamma * q_next.max(axis=1) * (1 - done)
        _, cost = self.sess.run([self.train_op, self.loss], {self.s: s, self.a: a, self.q_target: target})
        return cost


def main():
    random.seed(9)
    tf.set_random_seed(9)
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
                agent.sess.run(agent.replace_soft_op)
        returns.append(total)
        if episode % 20 == 19:
            print('episode %d mean return %.4f cost %.6f' % (episode + 1, np.mean(returns[-20:]), np.mean(costs[-100:])))

    q = agent.sess.run(agent.q_eval, {agent.s: np.eye(SIZE * SIZE)})
    for row in range(SIZE):
        print(''.join('G' if (row, c) == GOAL else 'o' if (row, c) in HOLES else NAMES[q[row * SIZE + c].argmax()]
                      for c in range(SIZE)))
    print('value of the start %.6f' % q[0].max())
    print('final loss %.6f' % np.mean(costs[-100:]))


if __name__ == '__main__':
    main()
