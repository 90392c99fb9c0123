import numpy as np
import tensorflow as tf

content = tf.contrib.lookup.KeyValueTensorInitializer(['a', 'b'], np.array([1.5, 2.5]))
table = tf.contrib.lookup.HashTable(content, tf.constant(-1.0, tf.float64))
y = tf.layers.dense(tf.expand_dims(table.lookup(tf.constant(['a'])), 1), 2)
with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
    print(sess.run(y).dtype)
