import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
with tf.variable_scope("first"):
    a = tf.get_variable("w", [2], initializer=tf.ones_initializer())
with tf.variable_scope("second"):
    b = tf.get_variable("w", [2], initializer=tf.ones_initializer())
loss_a = tf.reduce_mean(tf.square(tf.reduce_sum(a * x, 1) - 1.0))
loss_b = tf.reduce_mean(tf.square(tf.reduce_sum(a * b * x, 1)))
first = tf.trainable_variables("first")
second = tf.trainable_variables("second")
train_a = tf.train.GradientDescentOptimizer(0.1).minimize(loss_a, var_list=first)
train_b = tf.train.GradientDescentOptimizer(0.2).minimize(loss_b, var_list=second)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(train_a, {x: np.ones([4, 2])})
        sess.run(train_b, {x: np.ones([4, 2])})
    print(sess.run([loss_a, loss_b], {x: np.ones([4, 2])}))
