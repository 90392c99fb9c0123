import tensorflow as tf

x = tf.placeholder(tf.float32, [])
merged = tf.summary.merge([tf.summary.scalar('x', x)])
with tf.Session() as sess:
    summary = sess.run(merged, {x: 1.0})
    print(len(summary))
