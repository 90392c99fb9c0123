import tensorflow as tf

target = tf.placeholder(tf.float32, [])
steps, root = tf.while_loop(lambda i, r: tf.abs(r * r - target) > 1e-3, lambda i, r: (i + 1, 0.5 * (r + target / r)),
                            [tf.constant(0), tf.maximum(target, 1.0)])
print(any(op.type in ('LoopCond', 'While', 'StatelessWhile', 'Sqrt') for op in tf.get_default_graph().get_operations()))
with tf.Session() as sess:
    print(sess.run([root, steps], {target: 2.0}))
