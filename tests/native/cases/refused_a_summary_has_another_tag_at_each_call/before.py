import tensorflow as tf


def doubled(value):
    tf.summary.scalar('value', value)
    return 2.0 * value


x = tf.placeholder(tf.float32, [])
y = doubled(x)
merged = tf.summary.merge([tf.summary.scalar('y', doubled(y), collections=['mine'])])
all_of_them = tf.summary.merge_all()
writer = tf.summary.FileWriter('logs')
with tf.Session() as sess:
    writer.add_summary(sess.run(merged, {x: 1.0}), 0)
