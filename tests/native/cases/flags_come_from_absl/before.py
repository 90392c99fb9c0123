"""Trains for a while."""
from __future__ import print_function

import os

import tensorflow as tf

flags = tf.app.flags
FLAGS = flags.FLAGS
flags.DEFINE_string('folder', default_value='runs', docstring='Where files go.')
tf.flags.DEFINE_integer('steps', 3, 'How many steps.')


def main(_):
    if tf.gfile.Exists(FLAGS.folder):
        tf.gfile.DeleteRecursively(dirname=FLAGS.folder)
    tf.logging.info('%d steps', FLAGS.steps)
    print(os.path.basename(FLAGS.folder), tf.logging.get_verbosity() == tf.logging.WARN)


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.INFO)
    tf.app.run()
