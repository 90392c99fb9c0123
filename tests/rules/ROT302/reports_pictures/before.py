import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import scipy.misc

image = scipy.misc.imread('a.png')
scipy.misc.imsave('b.png', image)
