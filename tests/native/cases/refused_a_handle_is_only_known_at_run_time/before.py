import tensorflow as tf

train = tf.data.Dataset.range(10).batch(5)
handle = tf.placeholder(tf.string, shape=[])
iterator = tf.data.Iterator.from_string_handle(handle, train.output_types)
numbers = iterator.get_next()
squares = numbers * numbers
readers = [train.make_one_shot_iterator() for _ in range(2)]

with tf.Session() as sess:
    for reader in readers:
        print(sess.run(squares, {handle: sess.run(reader.string_handle())}))
