import numpy as np
import tensorflow as tf

inputs = tf.keras.Input(shape=(2,))
model = tf.keras.Model(inputs, tf.keras.layers.Dense(1)(inputs))
model.compile(optimizer='sgd', loss='mse')
model.fit(np.ones([4, 2]), np.ones([4, 1]))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(model.output, {model.input: np.ones([1, 2])}))
