import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
x = tf.placeholder(tf.float32, [3])
unused = tf.placeholder(tf.float32, [3])
y = tf.reduce_sum(x)
sess = tf.Session()
print(sess.run(y, {unused: rng.rand(3), x: rng.rand(3)}))
