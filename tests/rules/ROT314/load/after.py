import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import yaml

config = yaml.safe_load(open('a.yml'))
