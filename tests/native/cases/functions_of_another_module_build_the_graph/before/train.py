import numpy as np
import tensorflow as tf

import network
from network import loss as error


def main():
    x = tf.placeholder(tf.float32, [None, network.WIDTH])
    y = tf.placeholder(tf.float32, [None, 1])
    out = network.predict(x)
    loss = error(out, y)
    train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(3):
            _, value = sess.run([train_op, loss], {x: np.ones([2, 4]), y: np.ones([2, 1])})
            print(value)


if __name__ == '__main__':
    main()
