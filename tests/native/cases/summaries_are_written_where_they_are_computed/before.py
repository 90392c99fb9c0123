import tensorflow as tf


def variable_summaries(var):
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean', mean)
        tf.summary.histogram('histogram', var)


x = tf.placeholder(tf.float32, [None, 2])
w = tf.Variable(tf.ones([2, 1]))
with tf.name_scope('layer'):
    variable_summaries(w)
    y = tf.matmul(x, w)
    variable_summaries(y)
with tf.name_scope('cost'):
    loss = tf.reduce_mean(tf.square(y))
    # what is minimised
    tf.summary.scalar('loss', loss)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
merged = tf.summary.merge_all()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    writer = tf.summary.FileWriter('logs', sess.graph)
    for i in range(10):
        summary, value = sess.run([merged, loss], feed_dict={x: [[1.0, 2.0]]})
        writer.add_summary(summary, i)
        print(value)
        sess.run(train_op, feed_dict={x: [[1.0, 2.0]]})
    writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='last', simple_value=value)]), 10)
    writer.close()
