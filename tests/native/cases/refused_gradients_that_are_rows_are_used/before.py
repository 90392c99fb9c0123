import tensorflow as tf

ids = tf.placeholder(tf.int32, [None], name='ids')
table = tf.Variable(tf.ones([5, 2]))
loss = tf.reduce_mean(tf.square(tf.nn.embedding_lookup(table, ids)))
opt = tf.train.AdamOptimizer(0.1)
rows = [g for g, _ in opt.compute_gradients(loss) if isinstance(g, tf.IndexedSlices)]
print(len(rows), max(rows, key=str))
train = opt.minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([loss, train], {ids: [2]})[0])
