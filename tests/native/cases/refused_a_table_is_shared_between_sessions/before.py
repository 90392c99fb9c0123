import tensorflow as tf

content = tf.contrib.lookup.KeyValueTensorInitializer(['a', 'b'], [1, 2])
table = tf.contrib.lookup.HashTable(content, -1, shared_name='mine')
with tf.Session() as sess:
    tf.tables_initializer().run()
    print(sess.run(table.lookup(tf.constant(['a']))))
