import tensorflow as tf

import model


def main(math=2.0):
    x, y = model.build()
    with tf.Session() as sess:
        print(sess.run(y, {x: [math]}))


main()
