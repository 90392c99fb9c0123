import tensorflow as tf

words = tf.constant(['red', 'green', 'blue'])
table = tf.contrib.lookup.index_table_from_tensor(
    words, num_oov_buckets=2, hasher_spec=tf.contrib.lookup.StrongHashSpec([1, 2]))
with tf.Session() as sess:
    sess.run(tf.tables_initializer())
    print(sess.run(table.lookup(tf.constant(['mauve']))))
