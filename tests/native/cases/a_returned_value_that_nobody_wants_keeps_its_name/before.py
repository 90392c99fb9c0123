import tensorflow as tf


def learn(x, y):
    tf.train.get_or_create_global_step()
    w = tf.get_variable('w', [3, 1], initializer=tf.zeros_initializer())
    cost = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
    return cost, tf.train.GradientDescentOptimizer(0.1).minimize(cost)


x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.float32, [None, 1])
_, train_op = learn(x, y)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        sess.run(train_op, {x: [[1.0, 2.0, 3.0]], y: [[1.0]]})
    print(sess.run('w:0'))
