import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pandas as pd

frame = pd.read_csv('a.csv')
row = frame.ix[0]
frame = frame.append(row, ignore_index=True)
