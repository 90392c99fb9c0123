# Convolutional network on the 8x8 digits: tf.layers, batch normalization, dropout.
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
import numpy as np
import tensorflow as tf

np.random.seed(1)
tf.set_random_seed(1)

BATCH_SIZE = 64
EPOCHS = 3

digits = load_digits()
X = digits.images.reshape(-1, 8, 8, 1).astype('float32') / 16.0
Y = np.eye(10)[digits.target].astype('float32')
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.2, random_state=1)

tf_x = tf.placeholder(tf.float32, [None, 8, 8, 1])
tf_y = tf.placeholder(tf.float32, [None, 10])
tf_is_training = tf.placeholder(tf.bool, None)


def init(seed):
    return tf.glorot_uniform_initializer(seed=seed)


conv1 = tf.layers.conv2d(
    inputs=tf_x, filters=16, kernel_size=3, strides=1, padding='same',
    activation=tf.nn.relu, kernel_initializer=init(11))         # (8, 8, 16)
pool1 = tf.layers.max_pooling2d(conv1, pool_size=2, strides=2)  # (4, 4, 16)
# no bias before batch normalization: its gradient would be rounding noise, which Adam turns into steps
conv2 = tf.layers.conv2d(pool1, 32, 3, 1, 'same', activation=None, use_bias=False, kernel_initializer=init(12))
bn2 = tf.nn.relu(tf.layers.batch_normalization(conv2, momentum=0.9, training=tf_is_training))
pool2 = tf.layers.max_pooling2d(bn2, 2, 2)                      # (2, 2, 32)
flat = tf.contrib.layers.flatten(pool2)                         # (128,)
drop = tf.nn.dropout(flat, tf.cond(tf_is_training, lambda: 0.9, lambda: 1.0), seed=13)
output = tf.layers.dense(drop, 10, kernel_initializer=init(14))

loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf_y, logits=output))
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.AdamOptimizer(0.002).minimize(loss)

# returns (acc, update_op), and creates 2 local variables
accuracy = tf.metrics.accuracy(labels=tf.argmax(tf_y, axis=1), predictions=tf.argmax(output, axis=1))[1]

n_params = sum([np.prod(v.get_shape().as_list()) for v in tf.trainable_variables()])
print('parameters: %d' % n_params)
print('flat width: %d' % flat.get_shape()[1].value)

config = tf.ConfigProto(allow_soft_placement=True)
config.gpu_options.allow_growth = True
sess = tf.Session(config=config)
init_op = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())
sess.run(init_op)

for epoch in range(EPOCHS):
    order = np.random.permutation(len(X_train))
    for start in range(0, len(order), BATCH_SIZE):
        rows = order[start:start + BATCH_SIZE]
        _, loss_ = sess.run([train_op, loss], {tf_x: X_train[rows], tf_y: Y_train[rows], tf_is_training: True})
    test_loss = sess.run(loss, {tf_x: X_test, tf_y: Y_test, tf_is_training: False})
    print('epoch %d | train loss: %.4f | test loss: %.4f' % (epoch, loss_, test_loss))

acc = sess.run(accuracy, {tf_x: X_test, tf_y: Y_test, tf_is_training: False})
print('test accuracy %.3f' % acc)
print('final loss %.6f' % test_loss)
sess.close()
