import tensorflow as tf

import evaluation
import model as models


def main():
    line = models.Line(2.0)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print(evaluation.mean(sess, line, [1.0, 2.0]))


if __name__ == '__main__':
    main()
