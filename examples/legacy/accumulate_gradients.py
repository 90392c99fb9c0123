"""Gradient accumulation over micro-batches, clipping, control dependencies and learning-rate schedules side by side."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_linnerud, load_wine

tf.set_random_seed(29)
global_step = tf.Variable(0, name='global_step', trainable=False)

# -- schedules: all of one global step, read without training ---------------------------------------------------------
base = 0.1
schedules = [
    ('exponential', tf.train.exponential_decay(base, global_step, decay_steps=10, decay_rate=0.5)),
    ('staircase', tf.train.exponential_decay(base, global_step, 10, 0.5, staircase=True)),
    ('piecewise', tf.train.piecewise_constant(global_step, [5, 15], [base, base / 2, base / 10])),
    ('polynomial', tf.train.polynomial_decay(base, global_step, 20, end_learning_rate=0.01, power=2.0, cycle=True)),
    ('inverse time', tf.train.inverse_time_decay(base, global_step, 10, 1.0)),
    ('natural exp', tf.train.natural_exp_decay(base, global_step, 10, 0.7)),
    ('cosine', tf.train.cosine_decay(base, global_step, 20)),
    ('restarts', tf.train.cosine_decay_restarts(base, global_step, first_decay_steps=8)),
    ('noam', base * tf.minimum(tf.rsqrt(tf.to_float(global_step) + 1), (tf.to_float(global_step) + 1) * 0.1 ** 1.5)),
]

# -- a model with a layer for each of two data sets -----------------------------------------------------------------
wine, linnerud = load_wine(), load_linnerud()
rows = (wine.data - wine.data.mean(0)) / wine.data.std(0)
order = np.argsort((np.arange(len(rows)) * 7919) % len(rows), kind='mergesort')  # shuffled, without a generator
rows, target = rows[order], np.eye(3)[wine.target[order]]

x = tf.placeholder(tf.float32, [None, 13])
y = tf.placeholder(tf.float32, [None, 3])
W1 = tf.Variable(tf.truncated_normal([13, 10], stddev=0.3, seed=1), name='W1')
b1 = tf.Variable(tf.zeros([10]), name='b1')
W2 = tf.Variable(tf.truncated_normal([10, 3], stddev=0.3, seed=2), name='W2')
logits = tf.matmul(tf.nn.softplus(tf.matmul(x, W1) + b1), W2)
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=y, logits=logits))

tvs = tf.trainable_variables()
learning_rate = dict(schedules)['cosine']
opt = tf.train.MomentumOptimizer(learning_rate * 3, momentum=0.8)
accum_vars = [tf.Variable(tf.zeros_like(tv.initialized_value()), trainable=False) for tv in tvs]
gvs = opt.compute_gradients(loss, tvs)
accum_ops = [accum_vars[i].assign_add(gv[0]) for i, gv in enumerate(gvs)]
n_micro = tf.Variable(0.0, trainable=False)
count_op = tf.assign_add(n_micro, 1.0)

mean_grads = [a / n_micro for a in accum_vars]
clipped, norm = tf.clip_by_global_norm(mean_grads, 0.5)
clipped = [tf.clip_by_norm(tf.clip_by_value(g, -0.3, 0.3), 0.4) for g in clipped]
train_step = opt.apply_gradients(list(zip(clipped, tvs)), global_step=global_step)
# the sums may be cleared only when the step is done, so the operations that clear them are made in here
with tf.control_dependencies([train_step]):
    zero_ops = [tv.assign(tf.zeros_like(tv)) for tv in accum_vars]
    with tf.control_dependencies([tf.group(*zero_ops), tf.assign(n_micro, 0.0)]):
        train_and_clear = tf.identity(global_step)

with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for step in range(25):
        if step % 7 == 0:
            print('step %d rates: %s' % (step, ', '.join('%s %.6f' % (n, r) for (n, _), r in zip(
                schedules, sess.run([s for _, s in schedules])))))
        total = 0.0
        for micro in range(4):
            start = (step * 32 + micro * 8) % 168
            feed = {x: rows[start:start + 8], y: target[start:start + 8]}
            total += sess.run([loss, accum_ops, count_op], feed)[0]
        gradient_norm = sess.run(norm)
        done = sess.run(train_and_clear)
        if step % 7 == 0:
            print('    mean loss %.6f gradient norm %.6f' % (total / 4, gradient_norm))
    assert sess.run(n_micro) == 0.0 and done == 25
    slots = [opt.get_slot(v, 'momentum') for v in tvs]
    print('slots', opt.get_slot_names(), 'momentum of b1', ' '.join('%.6f' % v for v in sess.run(slots[1])[:4]))

    # a second optimizer on another problem, with a rate that is fed and a variable that is swapped
    rate = tf.placeholder(tf.float32, shape=[])
    chins = tf.constant(linnerud.data[:, 0] / 10.0, tf.float32)
    weight = tf.constant(linnerud.target[:, 0] / 100.0, tf.float32)
    slope, intercept = tf.Variable(0.0), tf.Variable(0.0)
    error = tf.reduce_mean(tf.square(slope * chins + intercept - weight))
    step_op = tf.train.ProximalGradientDescentOptimizer(rate, l1_regularization_strength=0.01).minimize(
        error, var_list=[slope, intercept])
    sess.run(tf.variables_initializer([slope, intercept]))
    for i in range(40):
        sess.run(step_op, {rate: 0.2 / (1 + i)})
    print('slope %.6f intercept %.6f error %.6f' % tuple(sess.run([slope, intercept, error])))
    print('final loss %.6f' % sess.run(loss, {x: rows, y: target}))
