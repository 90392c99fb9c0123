"""Trains for a while."""
from __future__ import print_function

import logging
import os

from absl import app, flags
import tensorflow as tf

FLAGS = flags.FLAGS
flags.DEFINE_string('folder', default='runs', help='Where files go.')
flags.DEFINE_integer('steps', 3, 'How many steps.')


def main(_):
    if tf.io.gfile.exists(FLAGS.folder):
        tf.io.gfile.rmtree(path=FLAGS.folder)
    tf.get_logger().info('%d steps', FLAGS.steps)
    print(os.path.basename(FLAGS.folder), tf.get_logger().getEffectiveLevel() == logging.WARNING)


if __name__ == '__main__':
    tf.get_logger().setLevel('INFO')
    app.run(main)
