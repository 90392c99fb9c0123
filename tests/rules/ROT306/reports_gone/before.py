import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import matplotlib.pyplot as plt

plt.hold(True)
