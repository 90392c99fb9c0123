"""tf.contrib.layers on the wine data: arg_scope, regularizers, layer_norm, optimize_loss and get_total_loss."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine
from tensorflow.contrib import layers
from tensorflow.contrib.framework import arg_scope
from tensorflow.contrib.framework.python.ops import add_arg_scope

tf.set_random_seed(13)


@add_arg_scope
def gated(inputs, width, seed=None, weights_regularizer=None, scope=None):
    """A fully connected layer that is switched by another one."""
    with tf.variable_scope(scope, 'gated', [inputs]):
        value = layers.fully_connected(inputs, width, activation_fn=None,
                                       weights_initializer=layers.xavier_initializer(seed=seed),
                                       weights_regularizer=weights_regularizer, scope='value')
        gate = layers.fully_connected(inputs, width, tf.sigmoid,
                                      weights_initializer=layers.variance_scaling_initializer(factor=1.0, seed=seed + 1),
                                      weights_regularizer=weights_regularizer, scope='gate')
        return value * gate


wine = load_wine()
order = np.random.RandomState(13).permutation(len(wine.target))
features = ((wine.data - wine.data.mean(0)) / wine.data.std(0))[order].astype(np.float32)
target = wine.target[order].astype(np.int32)

x = tf.placeholder(tf.float32, [None, 13])
y = tf.placeholder(tf.int32, [None])
training = tf.placeholder_with_default(False, [])

with arg_scope([gated], weights_regularizer=layers.l2_regularizer(1e-3)):
    net = gated(x, 12, seed=1)
    net = layers.layer_norm(net, scope='norm')
    net = layers.dropout(net, keep_prob=0.9, is_training=training, seed=3)
    net = gated(net, 8, seed=4)
logits = layers.linear(net, 3, weights_initializer=tf.random_normal_initializer(stddev=0.2, seed=6),
                       weights_regularizer=layers.sum_regularizer([layers.l1_regularizer(1e-3),
                                                                   layers.l2_regularizer(1e-3)]), scope='logits')

one_hot = layers.one_hot_encoding(y, num_classes=3)
data_loss = tf.losses.softmax_cross_entropy(one_hot, logits, label_smoothing=0.05)
total_loss = tf.losses.get_total_loss()
print('losses: %d, of them regularization: %d' % (len(tf.losses.get_losses()), len(tf.losses.get_regularization_losses())))

global_step = tf.contrib.framework.get_or_create_global_step()
train_op = layers.optimize_loss(
    total_loss, global_step, learning_rate=0.02, optimizer='Adam', clip_gradients=5.0,
    learning_rate_decay_fn=lambda rate, step: tf.train.exponential_decay(rate, step, 50, 0.8, staircase=True),
    summaries=['loss', 'learning_rate', 'gradient_norm'])
accuracy = tf.contrib.metrics.accuracy(tf.cast(tf.argmax(logits, 1), tf.int32), y)
decay = layers.apply_regularization(layers.l2_regularizer(1.0), tf.get_collection(tf.GraphKeys.WEIGHTS)
                                    or [v for v in tf.trainable_variables() if v.op.name.endswith('weights')])
merged = tf.summary.merge_all()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(151):
        rows = slice(step * 16 % 128, step * 16 % 128 + 16)
        loss = sess.run(train_op, {x: features[rows], y: target[rows], training: True})
        if step % 50 == 0:
            print('step %3d loss %.6f sum of squared weights %.6f' % (step, loss, sess.run(decay)))
    test = {x: features[144:], y: target[144:]}
    tags = [v.tag for v in tf.Summary.FromString(sess.run(merged, test)).value]
    print('summaries:', ', '.join(sorted(tags)))
    print('accuracy %.4f after %d steps' % (sess.run(accuracy, test), tf.train.global_step(sess, global_step)))
    print('final loss %.6f' % sess.run(data_loss, test))
