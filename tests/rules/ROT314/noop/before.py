import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import yaml

config = yaml.load(open('a.yml'), Loader=yaml.Loader)
