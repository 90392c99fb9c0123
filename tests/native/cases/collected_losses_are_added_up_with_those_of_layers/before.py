import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.int32, [None])
decay = tf.contrib.layers.l2_regularizer(0.01)
hidden = tf.layers.dense(x, 8, tf.nn.tanh, kernel_regularizer=decay, name='hidden')
logits = tf.layers.dense(hidden, 3, kernel_regularizer=decay, name='output')
tf.losses.sparse_softmax_cross_entropy(y, logits)
penalty = tf.losses.get_regularization_loss()
total = tf.losses.get_total_loss()
train_op = tf.train.AdamOptimizer(0.01).minimize(total)

xs, ys = np.eye(4, dtype=np.float32), np.array([0, 1, 2, 0])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(10):
        sess.run(train_op, {x: xs, y: ys})
    print('penalty %.6f, final loss %.6f' % (sess.run(penalty), sess.run(total, {x: xs, y: ys})))
