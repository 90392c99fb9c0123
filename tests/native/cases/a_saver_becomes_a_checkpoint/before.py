import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
weights = {'h': tf.Variable(tf.ones([2, 3])), 'out': tf.Variable(tf.ones([3, 1]))}
hidden = tf.layers.dense(tf.matmul(x, weights['h']), 3, name='hidden')
loss = tf.reduce_mean(tf.square(tf.matmul(hidden, weights['out'])))
train_op = tf.train.AdamOptimizer(0.1).minimize(loss)
saver = tf.train.Saver()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    sess.run(train_op, {x: [[1.0, 2.0]]})
    print('saved in', saver.save(sess, './run/model.ckpt'))
    saver.restore(sess, './run/model.ckpt')
    print(sess.run(loss, {x: [[1.0, 2.0]]}))
