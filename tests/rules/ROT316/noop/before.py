import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
session = tf.Session()
import pandas as pd
from xml.etree import ElementTree

text = ElementTree.tostring(ElementTree.Element('a'))
rows = []
rows.append(1)
