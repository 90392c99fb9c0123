import tensorflow as tf

words = ['red', 'green', 'blue']
scores = tf.placeholder(tf.float32, [None, 4])
table = tf.contrib.lookup.index_to_string_table_from_tensor(words)
best = table.lookup(tf.argmax(scores, 1))
sizes = tf.contrib.lookup.index_to_string_table_from_tensor(tf.constant(['small', 'large']), default_value='?')
size = sizes.lookup(tf.constant([1, 0, 5], tf.int64))

with tf.Session() as sess:
    sess.run(tf.tables_initializer())
    print(sess.run(best, {scores: [[0., 0., 0., 1.], [0., 1., 0., 0.]]}))
    print(sess.run(size))
