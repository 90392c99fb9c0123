import tensorflow as tf

keys = tf.constant(['a', 'b'])
prices = tf.contrib.lookup.HashTable(tf.contrib.lookup.KeyValueTensorInitializer(keys, [1.5, 2.5]), -1.0)
names = tf.placeholder(tf.string, [None])


def numbers(x, known):
    content = tf.lookup.KeyValueTensorInitializer(known, [3, 4], value_dtype=tf.int64)
    table = tf.lookup.StaticHashTable(content, default_value=0)
    return table.lookup(x)


ids = numbers(names, ['x', 'a'])
total = tf.reduce_sum(prices.lookup(names))

with tf.Session() as sess:
    tf.tables_initializer().run()
    print(sess.run([ids, total], {names: ['a', 'b', 'c']}))
