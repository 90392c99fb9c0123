import numpy as random
import tensorflow as tf


def build(x):
    return x * random.float32(3) + tf.ones([])
