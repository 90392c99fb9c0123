import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tensorflow.python.framework import graph_util
from tensorflow.compat.v1.graph_util import convert_variables_to_constants as freeze

with tf.Session() as sess:
    first = tf.graph_util.convert_variables_to_constants(sess, sess.graph_def, ["y"])
    second = freeze(sess, graph_util.extract_sub_graph(sess.graph_def, ["y"]), ["y"])
