import tensorflow as tf

x = tf.placeholder(tf.float32, [])
tf.summary.scalar('x', x)
merged = tf.summary.merge_all()
writer = tf.summary.FileWriter('logs')
with tf.Session() as sess:
    for i in range(10):
        summary = sess.run(merged, {x: 1.0})
        if i % 5 == 0:
            writer.add_summary(summary, i)
