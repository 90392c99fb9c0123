import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import collections
import time
import imp
from collections import Iterable, OrderedDict
from time import clock

start = time.clock() - clock()
flat = isinstance([], collections.Sequence) and isinstance([], Iterable)
imp.reload(time)
