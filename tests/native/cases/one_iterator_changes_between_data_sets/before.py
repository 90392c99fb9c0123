import tensorflow as tf

train = tf.data.Dataset.range(10).batch(5)
test = tf.data.Dataset.range(4).batch(2)
iterator = tf.data.Iterator.from_structure(train.output_types, train.output_shapes)
numbers = iterator.get_next()
squares = numbers * numbers
use_train, use_test = iterator.make_initializer(train), iterator.make_initializer(test)

with tf.Session() as sess:
    sess.run(use_train)
    print(sess.run(squares))
    sess.run(use_test)
    print(sess.run(squares))
