import tensorflow as tf

from pkg.network import predict

x = tf.placeholder(tf.float32, [None, 2])
out = predict(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out, {x: [[1.0, 2.0]]}))
