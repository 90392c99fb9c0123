import numpy as np
import tensorflow as tf

rows = np.random.rand(8, 2)
batch = tf.data.Dataset.from_tensor_slices(rows).batch(2).make_one_shot_iterator().get_next()
out = tf.layers.dense(batch, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(out))
