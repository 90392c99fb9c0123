import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import random
import numpy as np

table = {}
x = np.array(map(float, ['1']))
first = table.keys()[0]
both = table.items() + table.items()
order = range(3) + [3]
random.shuffle(range(3))
n = len(filter(None, [1]))
