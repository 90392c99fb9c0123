import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
metrics = {'mean': tf.metrics.mean(x)}
with tf.Session() as sess:
    sess.run(tf.local_variables_initializer())
    print(sess.run(metrics['mean'][1], {x: [1.0, 2.0]}))
