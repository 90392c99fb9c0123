import tensorflow as tf

train = tf.data.Dataset.range(10).batch(5)
test = tf.data.Dataset.range(4).batch(2)
handle = tf.placeholder(tf.string, shape=[])
iterator = tf.data.Iterator.from_string_handle(handle, train.output_types, train.output_shapes)
numbers = iterator.get_next()
numbers = tf.reshape(numbers, [-1])
squares = numbers * numbers
train_iterator = train.make_one_shot_iterator()
test_iterator = test.make_initializable_iterator()

with tf.Session() as sess:
    train_handle, test_handle = sess.run([train_iterator.string_handle(), test_iterator.string_handle()])
    print(sess.run(squares, {handle: train_handle}))
    sess.run(test_iterator.initializer)
    print(sess.run(squares, feed_dict={handle: test_handle}))
