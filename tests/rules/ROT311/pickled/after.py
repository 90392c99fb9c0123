import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import numpy as np

weights = np.load('vgg16.npy', encoding='latin1', allow_pickle=True).item()
more = np.load('vgg19.npy', allow_pickle=True)[()]
