import tensorflow as tf

state = tf.Variable(0)
one = tf.constant(1)
update = tf.assign(state, state + one)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        sess.run(update)
        print(sess.run(state))
