"""No name stands for TensorFlow as a whole."""
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.compat.v1 import Session, placeholder

x = placeholder("float")
