import tensorflow as tf

x = tf.placeholder(tf.float32, [])
w = tf.Variable(2.0)
tf.summary.scalar('product', x * w)
merged = tf.summary.merge_all()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    train_writer = tf.summary.FileWriter('logs/train')
    test_writer = tf.summary.FileWriter('logs/test')
    for step in range(4):
        train_writer.add_summary(sess.run(merged, {x: 1.0}), step)
        if step % 2 == 0:
            test_writer.add_summary(sess.run(merged, {x: 3.0}), step)
