import keras
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
y = keras.layers.Dense(3)(x)
with tf.Session() as sess:
    print(sess.run(y, {x: [[1.0, 2.0]]}))
