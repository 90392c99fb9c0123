import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pandas as pd
from pandas.io.json import json_normalize

frame = json_normalize([{}])
pd.scatter_matrix(frame)
