import tensorflow as tf

a, b = tf.data.Dataset.range(4).map(lambda v: (v, v)).make_one_shot_iterator().get_next()
total = a + b
with tf.Session() as sess:
    print(sess.run(total, {a: 3}))
