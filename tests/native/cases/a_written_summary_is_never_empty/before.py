import tensorflow as tf

x = tf.placeholder(tf.float32, [])
tf.summary.scalar('x', x)
merged = tf.summary.merge_all()
with tf.Session() as sess:
    writer = tf.summary.FileWriter('logs')
    for step in range(3):
        summary = sess.run(merged, {x: step})
        writer.add_summary(summary, step)
    print('something was written: %s' % (len(summary) > 0))
