import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
class Batches(object):
    def __iter__(self):
        return self

    def next(self):
        return 1

    __next__ = next


class Reader(object):
    def next(self):
        return 1
