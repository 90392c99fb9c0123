import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
y = tf.placeholder(tf.int64, [None])
w = tf.Variable(np.float32([[1., -1.], [-.5, .5]]))
predicted = tf.argmax(tf.matmul(x, w), 1)
# how often it is right
acc, acc_op = tf.metrics.accuracy(labels=y, predictions=predicted)
error = tf.metrics.mean_squared_error(y, predicted)
seen = tf.metrics.mean(predicted)[1]

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    for epoch in range(3):
        sess.run(tf.local_variables_initializer())
        for _ in range(2):
            sess.run([acc_op, error[1]], {x: np.ones((4, 2)), y: np.ones(4)})
        print(epoch, sess.run(acc), sess.run(error[0]))
    print(sess.run(seen, {x: np.ones((4, 2))}))
