# a comment stays where it is
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32)
