import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
y = tf.placeholder(tf.float32, [None])
w = tf.Variable(0.5, name="weight")
b = tf.Variable(0.0, name="bias")

loss = tf.reduce_mean(tf.square(w * x + b - y))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

xs = np.linspace(0, 1, 20)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for step in range(10):
    _, value = sess.run([train_op, loss], {x: xs, y: 2 * xs})
    print(step, value)
print(sess.run(w), sess.run(b))
