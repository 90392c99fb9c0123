import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pandas as pd
import pandas.plotting
from pandas import json_normalize

frame = json_normalize([{}])
pd.plotting.scatter_matrix(frame)
