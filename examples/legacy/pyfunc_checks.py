"""Python in the graph: py_func with its own gradient, tf.Print, tf.Assert and control dependencies, on the breast cancer data."""
import sys

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer
from sklearn.metrics import roc_auc_score
from tensorflow.python.framework import ops

rng = np.random.RandomState(15)
calls = []


def py_func(func, inp, Tout, stateful=True, name=None, grad=None):
    """tf.py_func with a gradient: registers it under a name that is not taken, and maps PyFunc to it."""
    rnd_name = 'PyFuncGrad' + str(rng.randint(0, 1E+8))
    tf.RegisterGradient(rnd_name)(grad)
    g = tf.get_default_graph()
    with g.gradient_override_map({'PyFunc': rnd_name}):
        return tf.py_func(func, inp, Tout, stateful=stateful, name=name)


def soft_threshold(x, name=None):
    """An activation that only NumPy knows: shrinks towards zero by 0.1."""
    with ops.name_scope(name, 'SoftThreshold', [x]) as name:
        def forward(values):
            calls.append(len(values))
            return (np.sign(values) * np.maximum(np.abs(values) - 0.1, 0)).astype(np.float32)

        def backward(op, grad):
            inside = tf.cast(tf.abs(op.inputs[0]) > 0.1, tf.float32)
            return grad * inside

        y = py_func(forward, [x], [tf.float32], name=name, grad=backward)[0]
        y.set_shape(x.get_shape())  # py_func forgets it
        return y


def augment(rows):
    """Random noise from NumPy, other in every run."""
    return (rows + 0.05 * rng.randn(*rows.shape)).astype(np.float32)


data = load_breast_cancer()
features = ((data.data - data.data.mean(0)) / data.data.std(0)).astype(np.float32)
labels = data.target.astype(np.float32).reshape(-1, 1)

x = tf.placeholder(tf.float32, [None, 30])
y = tf.placeholder(tf.float32, [None, 1])
noisy = tf.py_func(augment, [x], tf.float32)
noisy = tf.reshape(noisy, tf.shape(x))
noisy.set_shape([None, 30])
w1 = tf.Variable(tf.truncated_normal([30, 8], stddev=0.3, seed=1))
w2 = tf.Variable(tf.truncated_normal([8, 1], stddev=0.3, seed=2))
b2 = tf.Variable(tf.zeros([1]))


def network(rows):
    return tf.matmul(soft_threshold(tf.matmul(rows, w1)), w2) + b2


logits = network(noisy)
check = tf.Assert(tf.reduce_all(tf.logical_or(tf.equal(y, 0.0), tf.equal(y, 1.0))), [y], summarize=3)
with tf.control_dependencies([check, tf.assert_rank(x, 2), tf.assert_non_negative(y, message='labels')]):
    loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=y))
loss = tf.Print(loss, [loss, tf.shape(x)], message='loss: ', first_n=2)  # goes to stderr
auc = tf.py_func(lambda t, s: np.float64(roc_auc_score(t, s)), [y, network(x)], tf.double, stateful=False)
counter = tf.Variable(0, trainable=False)
train_op = tf.train.GradientDescentOptimizer(0.2).minimize(loss)
with tf.control_dependencies([train_op]):
    count_up = tf.assign_add(counter, 1)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(5):
        total = 0.0
        for start in range(0, 500, 50):
            feed = {x: features[start:start + 50], y: labels[start:start + 50]}
            value, count, _ = sess.run([loss, count_up, train_op], feed)
            total += value / 10
        print('epoch %d loss %.6f steps %d' % (epoch, total, count))
    rest = {x: features[500:], y: labels[500:]}
    print('area under the curve %.6f' % sess.run(auc, rest))
    print('largest weight %.6f' % np.abs(sess.run(w2)).max())
    try:
        sess.run(loss, {x: features[:2], y: [[0.5], [1.0]]})
    except tf.errors.InvalidArgumentError as error:
        print('stopped by', 'assertion' if 'assert' in str(error) else error)
    print('Python was called %d times' % len(calls))
sys.stdout.flush()
print('final loss %.6f' % total)
