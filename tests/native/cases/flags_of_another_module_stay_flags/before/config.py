import tensorflow as tf

flags = tf.app.flags
flags.DEFINE_float('factor', 2.0, 'By how much.')
FLAGS = flags.FLAGS
