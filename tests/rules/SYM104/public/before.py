import tensorflow as tf
from tensorflow.python.framework import graph_util
from tensorflow.python.framework.graph_util import convert_variables_to_constants as freeze

with tf.Session() as sess:
    first = graph_util.convert_variables_to_constants(sess, sess.graph_def, ["y"])
    second = freeze(sess, graph_util.extract_sub_graph(sess.graph_def, ["y"]), ["y"])
