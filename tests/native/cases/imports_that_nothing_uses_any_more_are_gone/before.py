import collections
import sys

import tensorflow.compat.v1 as tf
from tensorflow.contrib import slim
from tensorflow.examples.tutorials.mnist import input_data

tf.disable_v2_behavior()
mnist = input_data.read_data_sets("MNIST_data", one_hot=True)
print(mnist.train.num_examples, sys.argv)
