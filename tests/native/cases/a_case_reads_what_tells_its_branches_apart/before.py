import tensorflow as tf

kind = tf.placeholder(tf.int32, [])
chosen = tf.case({tf.equal(kind, 1): lambda: tf.constant(10.0), tf.equal(kind, 2): lambda: tf.constant(20.0)},
                 default=lambda: tf.constant(-1.0), exclusive=True)
with tf.Session() as sess:
    print([sess.run(chosen, {kind: k}) for k in (0, 1, 2)])
