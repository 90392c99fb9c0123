import sys

from tf2kit.compat.examples.tutorials.mnist import input_data

mnist = input_data.read_data_sets("MNIST_data", one_hot=True)
print(mnist.train.num_examples, sys.argv)
