import tensorflow.compat.v1 as tf
import importlib

tf.disable_v2_behavior()
session = tf.Session()
import collections
import collections.abc
import time
import imp
from collections import OrderedDict
from collections.abc import Iterable
from time import perf_counter as clock

start = time.perf_counter() - clock()
flat = isinstance([], collections.abc.Sequence) and isinstance([], Iterable)
importlib.reload(time)
