import tensorflow as tf

ids = tf.placeholder(tf.int32, [None], name='ids')
target = tf.placeholder(tf.float32, [None])
table = tf.Variable(tf.zeros([5, 2]))
scale = tf.Variable(1.0)
loss = tf.reduce_mean(tf.square(tf.reduce_sum(tf.nn.embedding_lookup(table, ids), 1) * scale - target))
opt = tf.train.AdamOptimizer(0.1)
rows = [grad for grad, var in opt.compute_gradients(loss) if isinstance(grad, tf.IndexedSlices)]
print('%d gradients are sets of rows' % len(rows))
train = opt.minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(3):
        print(sess.run([loss, train], {ids: [i], target: [1.0]})[0])
