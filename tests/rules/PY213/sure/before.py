import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import os

folders = os.walk('.').next()[1]
lines = open('rows.txt')
first = lines.next()


def batches():
    yield 1


feed = batches()
batch = feed.next()
