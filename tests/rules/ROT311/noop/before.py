import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

x = np.load('x.npy')
y = np.load('y.npy', allow_pickle=True).item()
