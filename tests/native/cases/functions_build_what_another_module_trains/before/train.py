import numpy as np
import tensorflow as tf

from net import model
from net.inputs import placeholders

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_float('learning_rate', 0.1, 'Initial learning rate.')
tf.app.flags.DEFINE_integer('max_steps', 5, 'Number of steps.')
tf.app.flags.DEFINE_integer('hidden', 8, 'Units.')


def data():
    rng = np.random.RandomState(0)
    x = rng.randn(60, 4).astype(np.float32)
    return x, (x.sum(1) > 0).astype(np.int64) + (x[:, 0] > 1)



def run_training():
    x, y = data()
    with tf.Graph().as_default():
        images, labels = placeholders(4)
        logits = model.inference(images, 4, FLAGS.hidden)
        loss = model.loss(logits, labels)
        train_op = model.training(loss, FLAGS.learning_rate)
        correct = model.evaluation(logits, labels)
        init = tf.global_variables_initializer()
        sess = tf.Session()
        sess.run(init)
        for step in range(FLAGS.max_steps):
            _, value = sess.run([train_op, loss], feed_dict={images: x, labels: y})
            print('Step %d: loss = %.6f' % (step, value))
        print('right: %d' % sess.run(correct, feed_dict={images: x, labels: y}))


def main(_):
    run_training()


if __name__ == '__main__':
    tf.app.run()
