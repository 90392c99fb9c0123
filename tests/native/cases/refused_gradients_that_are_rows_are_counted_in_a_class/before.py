import tensorflow as tf


class Model(object):
    def __init__(self):
        self.ids = tf.placeholder(tf.int32, [None], name='ids')
        self.table = tf.Variable(tf.ones([5, 2]))
        self.loss = tf.reduce_mean(tf.square(tf.nn.embedding_lookup(self.table, self.ids)))
        opt = tf.train.AdamOptimizer(0.1)
        rows = [g for g, _ in opt.compute_gradients(self.loss) if isinstance(g, tf.IndexedSlices)]
        print(len(rows))
        self.train = opt.minimize(self.loss)


model = Model()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([model.loss, model.train], {model.ids: [2]})[0])
