import tensorflow as tf
from tensorflow.contrib.layers import *

x = flatten(tf.placeholder(tf.float32))
