import tensorflow as tf

from config import FLAGS


def main(_):
    x = tf.placeholder(tf.float32, [None])
    y = FLAGS.factor * x
    with tf.Session() as sess:
        print(sess.run(y, {x: [1.0, 2.0]}))


if __name__ == '__main__':
    tf.app.run()
