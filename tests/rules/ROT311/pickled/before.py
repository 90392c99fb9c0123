import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

weights = np.load('vgg16.npy', encoding='latin1').item()
more = np.load('vgg19.npy')[()]
