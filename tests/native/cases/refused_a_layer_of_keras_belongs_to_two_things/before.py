import tensorflow as tf

dense = tf.keras.layers.Dense(1)
inputs = tf.keras.Input(shape=(2,))
model = tf.keras.Model(inputs, dense(inputs))
x = tf.placeholder(tf.float32, [None, 2])
y = dense(x)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1.0, 2.0]]}))
