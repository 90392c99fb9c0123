import tensorflow as tf

with tf.variable_scope("model"):
    w = tf.get_variable("w", [3, 2])
    b = tf.get_variable("b", [2], initializer=tf.zeros_initializer())
decay = tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if v.op.name.split("/")[-1] != "b"])
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(decay))
