import numpy as np
import tensorflow as tf

slim = tf.contrib.slim


def arguments(training, decay=0.0005):
    norm = {'decay': 0.9, 'is_training': training, 'updates_collections': None}
    with slim.arg_scope([slim.fully_connected], weights_regularizer=slim.l2_regularizer(decay), activation_fn=tf.nn.elu):
        with slim.arg_scope([slim.conv2d], normalizer_fn=slim.batch_norm, normalizer_params=norm) as scope:
            return scope


x = tf.placeholder(tf.float32, [None, 8, 8, 1])
y = tf.placeholder(tf.int32, [None])
training = tf.placeholder(tf.bool, [])
with slim.arg_scope(arguments(training, decay=0.001)):
    net = slim.conv2d(x, 8, 3, scope='conv')
    logits = slim.fully_connected(slim.flatten(net), 3, activation_fn=None, scope='logits')
tf.losses.sparse_softmax_cross_entropy(y, logits)
loss = tf.losses.get_total_loss()
step = tf.train.AdamOptimizer(0.01).minimize(loss)

images, labels = np.ones([4, 8, 8, 1], np.float32), np.array([0, 1, 2, 0])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(10):
        sess.run(step, {x: images, y: labels, training: True})
    print('final loss %.6f' % sess.run(loss, {x: images, y: labels, training: False}))
