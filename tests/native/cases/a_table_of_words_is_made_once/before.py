import tensorflow as tf

WORDS = ['red', 'green', 'blue']
names = tf.placeholder(tf.string, [None])


def numbers(x):
    table = tf.contrib.lookup.index_table_from_tensor(tf.constant(WORDS), num_oov_buckets=2, dtype=tf.string)
    return table.lookup(x)


known = tf.contrib.lookup.index_table_from_tensor(mapping=tf.constant(['small', 'large']), default_value=-7, name='sizes')
sizes = known.lookup(names)
colours = numbers(names)
count = known.size()

with tf.Session() as sess:
    sess.run(known.initializer)
    tf.tables_initializer().run()
    print(sess.run([sizes, colours], {names: ['red', 'large', 'blue']}))
    print(sess.run(colours, {names: ['mauve', 'green', 'taupe']}))
    print(sess.run(count))
