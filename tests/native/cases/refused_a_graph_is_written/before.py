import tensorflow as tf

x = tf.placeholder(tf.float32, [None], name="x")
y = tf.identity(2.0 * x, name="y")
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0]}))
    tf.train.write_graph(sess.graph.as_graph_def(), ".", "graph.pbtxt")
