import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pandas as pd

frame = pd.read_csv('a.csv', error_bad_lines=False)
