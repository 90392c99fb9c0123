"""Convolutional network over word embeddings (Kim's text CNN): filters of three widths, max over time, VocabularyProcessor."""
import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn

tf.flags.DEFINE_integer("embedding_dim", 12, "Numbers a word")
tf.flags.DEFINE_string("filter_sizes", "2,3,4", "How many words the filters see, with commas")
tf.flags.DEFINE_integer("num_filters", 6, "Filters of each width")
tf.flags.DEFINE_float("dropout_keep_prob", 0.8, "What dropout keeps")
tf.flags.DEFINE_float("l2_reg_lambda", 0.01, "Weight decay of the last layer")
tf.flags.DEFINE_integer("batch_size", 16, "Sentences a step")
tf.flags.DEFINE_integer("num_epochs", 15, "How often the text is read")
FLAGS = tf.flags.FLAGS

POSITIVE = """a warm and funny film|this film is not bad at all|the actors are wonderful|i loved every minute of it
not a dull moment in this story|what a fine and quiet film|the story is clever and the end is not sad
a clever story with wonderful actors|i was never bored|the best film of the year"""
NEGATIVE = """a cold and boring film|this film is not good at all|the actors are terrible|i hated every minute of it
not a good moment in this story|what a loud and silly film|the story is silly and the end is not happy
a silly story with terrible actors|i was always bored|the worst film of the year"""


class TextCNN(object):
    """Words become vectors, filters slide over them, the strongest answer of each filter counts."""

    def __init__(self, sequence_length, num_classes, vocab_size, embedding_size, filter_sizes, num_filters,
                 l2_reg_lambda=0.0):
        self.input_x = tf.placeholder(tf.int32, [None, sequence_length], name="input_x")
        self.input_y = tf.placeholder(tf.float32, [None, num_classes], name="input_y")
        self.dropout_keep_prob = tf.placeholder(tf.float32, name="dropout_keep_prob")
        l2_loss = tf.constant(0.0)

        with tf.device('/cpu:0'), tf.name_scope("embedding"):
            self.W = tf.Variable(tf.random_uniform([vocab_size, embedding_size], -1.0, 1.0, seed=1), name="W")
            self.vectors = tf.nn.embedding_lookup(self.W, self.input_x)
            self.picture = tf.expand_dims(self.vectors, -1)

        pooled_all = []
        for i, filter_size in enumerate(filter_sizes):
            with tf.name_scope("conv-maxpool-%s" % filter_size):
                filter_shape = [filter_size, embedding_size, 1, num_filters]
                W = tf.Variable(tf.truncated_normal(filter_shape, stddev=0.1, seed=10 + i), name="W")
                b = tf.Variable(tf.constant(0.1, shape=[num_filters]), name="b")
                conv = tf.nn.conv2d(self.picture, W, strides=[1, 1, 1, 1], padding="VALID", name="conv")
                h = tf.nn.softplus(tf.nn.bias_add(conv, b), name="activation")
                pooled = tf.nn.max_pool(h, ksize=[1, sequence_length - filter_size + 1, 1, 1], strides=[1, 1, 1, 1],
                                        padding='VALID', name="pool")
                pooled_all.append(pooled)

        n_pooled = num_filters * len(filter_sizes)
        self.h_pool = tf.concat(pooled_all, 3)
        self.h_pool_flat = tf.reshape(self.h_pool, [-1, n_pooled])
        with tf.name_scope("dropout"):
            self.h_drop = tf.nn.dropout(self.h_pool_flat, self.dropout_keep_prob, seed=3)

        with tf.name_scope("output"):
            W = tf.get_variable("W", shape=[n_pooled, num_classes],
                                initializer=tf.contrib.layers.xavier_initializer(seed=4))
            b = tf.Variable(tf.constant(0.1, shape=[num_classes]), name="b")
            l2_loss += tf.nn.l2_loss(W)
            l2_loss += tf.nn.l2_loss(b)
            self.scores = tf.nn.xw_plus_b(self.h_drop, W, b, name="scores")
            self.predictions = tf.argmax(self.scores, 1, name="predictions")

        with tf.name_scope("loss"):
            losses = tf.nn.softmax_cross_entropy_with_logits(logits=self.scores, labels=self.input_y)
            self.loss = tf.reduce_mean(losses) + l2_reg_lambda * l2_loss
        with tf.name_scope("accuracy"):
            right = tf.equal(self.predictions, tf.argmax(self.input_y, 1))
            self.accuracy = tf.reduce_mean(tf.cast(right, "float"), name="accuracy")


def batch_iter(data, batch_size, num_epochs):
    """Batches in a new order in every epoch."""
    data = list(data)
    for _ in range(num_epochs):
        shuffled = [data[i] for i in np.random.permutation(len(data))]
        for start in range(0, len(data), batch_size):
            yield zip(*shuffled[start:start + batch_size])


def main(_):
    np.random.seed(10)
    tf.set_random_seed(10)
    positive = POSITIVE.replace("\n", "|").split("|")
    negative = NEGATIVE.replace("\n", "|").split("|")
    x_text = positive + negative
    y = np.concatenate([[[0, 1]] * len(positive), [[1, 0]] * len(negative)], 0)
    max_document_length = max([len(x.split(" ")) for x in x_text])
    vocab_processor = learn.preprocessing.VocabularyProcessor(max_document_length)
    x = np.array(list(vocab_processor.fit_transform(x_text)))
    print("words: {:d}".format(len(vocab_processor.vocabulary_)))

    settings = tf.ConfigProto(allow_soft_placement=True, log_device_placement=False)
    with tf.Graph().as_default(), tf.Session(config=settings).as_default() as sess:
        cnn = TextCNN(x.shape[1], 2, len(vocab_processor.vocabulary_), FLAGS.embedding_dim,
                      list(map(int, FLAGS.filter_sizes.split(","))), FLAGS.num_filters, FLAGS.l2_reg_lambda)
        global_step = tf.Variable(0, name="global_step", trainable=False)
        optimizer = tf.train.AdamOptimizer(0.02)
        grads_and_vars = optimizer.compute_gradients(cnn.loss)
        train_op = optimizer.apply_gradients(grads_and_vars, global_step=global_step)
        sess.run(tf.global_variables_initializer())
        for x_batch, y_batch in batch_iter(zip(x, y), FLAGS.batch_size, FLAGS.num_epochs):
            feed_dict = {cnn.input_x: x_batch, cnn.input_y: y_batch, cnn.dropout_keep_prob: FLAGS.dropout_keep_prob}
            _, loss, accuracy = sess.run([train_op, cnn.loss, cnn.accuracy], feed_dict)
            step = tf.train.global_step(sess, global_step)
            if step % 6 == 0:
                print("step {}, loss {:.6f}, acc {:.4f}".format(step, loss, accuracy))
        test = np.array(list(vocab_processor.transform(["a wonderful story", "a terrible zebra story"])))
        print("unknown words have number %d" % test[1][2])
        scores = sess.run(cnn.scores, {cnn.input_x: test, cnn.dropout_keep_prob: 1.0})
        print("scores", " ".join("%.6f" % v for v in scores.ravel()))
        loss, accuracy = sess.run([cnn.loss, cnn.accuracy], {cnn.input_x: x, cnn.input_y: y, cnn.dropout_keep_prob: 1})
        print("accuracy %.4f" % accuracy)
        print("final loss %.6f" % loss)


if __name__ == '__main__':
    tf.app.run()
