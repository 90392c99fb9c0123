import tensorflow as tf

number = tf.data.Dataset.range(10).make_one_shot_iterator().get_next()
square = number * number
with tf.Session() as sess:
    print(sess.run(square))
with tf.Session() as sess:
    print(sess.run(square))
