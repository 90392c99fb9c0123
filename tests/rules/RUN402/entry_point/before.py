"""Documentation stays first."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.layers.dense(x, 10)
