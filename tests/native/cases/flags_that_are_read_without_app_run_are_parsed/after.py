import sys
from absl import flags
import tensorflow as tf

flags.DEFINE_float("rate", 0.5, "Learning rate")
FLAGS = flags.FLAGS
FLAGS(sys.argv)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_y(x):
    y = x * FLAGS.rate
    return y


print(compute_y(3.0).numpy())
