"""Multi-task learning on the wine data: a shared trunk, two heads, weighted losses and an optimizer for each part."""
import argparse

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine


def parse_args():
    parser = argparse.ArgumentParser(description='Multi-task learning')
    parser.add_argument('--alternate', action='store_true', help='train the tasks in turns at the end')
    parser.add_argument('--no-alternate', dest='alternate', action='store_false')
    parser.set_defaults(alternate=True)
    parser.add_argument('--weights', type=float, nargs=2, default=[1.0, 0.5])
    return parser.parse_args()


def fc(x, units, name, seed, activation=None):
    return tf.layers.dense(x, units, activation=activation, name=name,
                           kernel_initializer=tf.variance_scaling_initializer(scale=1.0, mode='fan_avg', seed=seed),
                           kernel_regularizer=tf.contrib.layers.l2_regularizer(1e-4))


class MultiTask(object):
    def __init__(self, task_weights):
        self.features = tf.placeholder(tf.float32, [None, 12], 'features')
        self.species = tf.placeholder(tf.int32, [None], 'species')
        self.alcohol = tf.placeholder(tf.float32, [None, 1], 'alcohol')
        self.sample_weight = tf.placeholder_with_default(tf.ones([1]), [None], 'sample_weight')

        with tf.variable_scope('shared'):
            trunk = fc(self.features, 16, 'fc1', 1, tf.nn.selu)
        with tf.variable_scope('classify'):
            self.logits = fc(fc(trunk, 8, 'fc', 2, tf.nn.tanh), 3, 'logits', 3)
        with tf.variable_scope('regress'):
            self.estimate = fc(fc(trunk, 8, 'fc', 4, tf.nn.tanh), 1, 'estimate', 5)

        self.class_loss = tf.losses.sparse_softmax_cross_entropy(self.species, self.logits,
                                                                 weights=self.sample_weight * task_weights[0])
        self.value_loss = tf.losses.mean_squared_error(self.alcohol, self.estimate, weights=task_weights[1])
        self.absolute = tf.losses.absolute_difference(self.alcohol, self.estimate, loss_collection=None,
                                                      reduction=tf.losses.Reduction.SUM)
        # one learned weight for each task: exp(-s) * loss + s
        log_vars = tf.get_variable('log_vars', shape=[2], initializer=tf.zeros_initializer())
        self.combined = (tf.exp(-log_vars[0]) * self.class_loss + tf.exp(-log_vars[1]) * self.value_loss +
                         tf.reduce_sum(log_vars) + tf.losses.get_regularization_loss())
        self.log_vars = log_vars
        self.total = tf.losses.get_total_loss()

        def variables(*scopes):
            return [v for s in scopes for v in tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope=s)]

        # the trunk learns more slowly than the heads: one set of gradients, two optimizers
        step = tf.train.get_or_create_global_step()
        slow, fast = variables('shared'), variables('classify', 'regress', 'log_vars')
        grads = tf.tuple(tf.gradients(self.combined, slow + fast))  # all of them before the first weight changes
        self.joint_op = tf.group(
            tf.train.AdamOptimizer(0.005).apply_gradients(zip(grads[:len(slow)], slow)),
            tf.train.AdamOptimizer(0.02, name='Fast').apply_gradients(zip(grads[len(slow):], fast), global_step=step))
        self.class_op = tf.train.AdadeltaOptimizer(1.0).minimize(self.class_loss, step, variables('classify'))
        self.value_op = tf.train.FtrlOptimizer(0.01).minimize(self.value_loss, step, variables('regress'))


def main():
    args = parse_args()
    tf.set_random_seed(41)
    wine = load_wine()
    order = np.random.RandomState(41).permutation(len(wine.target))
    data = ((wine.data - wine.data.mean(0)) / wine.data.std(0))[order]
    features, alcohol, species = data[:, 1:], data[:, :1], wine.target[order]
    rarity = (len(species) / (3.0 * np.bincount(species)))[species]

    model = MultiTask(args.weights)

    def feed(rows, weighted=False):
        d = {model.features: features[rows], model.alcohol: alcohol[rows], model.species: species[rows]}
        if weighted:
            d[model.sample_weight] = rarity[rows]
        return d

    print('losses', [t.op.name for t in tf.losses.get_losses()])
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for i in range(120):
            rows = slice(i * 30 % 120, i * 30 % 120 + 30)
            _, a, b = sess.run([model.joint_op, model.class_loss, model.value_loss], feed(rows, weighted=True))
            if i % 30 == 29:
                print('joint step %d: class loss %.6f value loss %.6f log variances %s' % (
                    i + 1, a, b, ' '.join('%.6f' % v for v in sess.run(model.log_vars))))
        for i in range(40 if args.alternate else 0):
            rows = slice(i * 30 % 120, i * 30 % 120 + 30)
            sess.run(model.class_op if i % 2 else model.value_op, feed(rows))
        print('global step', tf.train.global_step(sess, tf.train.get_global_step()))
        test = feed(slice(150, None))
        absolute, logits, total = sess.run([model.absolute, model.logits, model.total], test)
        print('right %d of %d, mean absolute error %.6f' % (
            (logits.argmax(1) == species[150:]).sum(), len(logits), absolute / len(logits)))
        print('final loss %.6f' % total)


if __name__ == '__main__':
    main()
