"""A program that is TensorFlow 2 already, in a tree without TensorFlow 1."""
import tensorflow as tf

print(tf.reduce_sum(tf.ones([2, 3])))
