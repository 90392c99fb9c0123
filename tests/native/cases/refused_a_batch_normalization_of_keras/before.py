import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
y = tf.keras.layers.BatchNormalization()(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1.0, 2.0]]}))
