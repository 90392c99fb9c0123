import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import random
import numpy as np

table = {}
x = np.array(list(map(float, ['1'])))
first = list(table.keys())[0]
both = list(table.items()) + list(table.items())
order = list(range(3)) + [3]
random.shuffle(list(range(3)))
n = len(list(filter(None, [1])))
