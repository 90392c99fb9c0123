import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import matplotlib.pyplot as plt

plt.hist([1.0], density=True)


def own(normed):
    return normed


own(normed=1)
