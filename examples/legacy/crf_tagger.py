"""Sequence tagger: embeddings, bidirectional_dynamic_rnn and a conditional random field from tf.contrib.crf."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import crf, rnn

TAGS = ['DET', 'ADJ', 'NOUN', 'VERB', 'ADV']
WORDS = {
    'DET': 'the a this every'.split(),
    'ADJ': 'old small red quiet'.split(),
    'NOUN': 'dog house light play river'.split(),
    'VERB': 'light play sees finds leaves'.split(),   # two of them are nouns too
    'ADV': 'often slowly here'.split(),
}
PATTERNS = ['DET NOUN VERB DET NOUN', 'DET ADJ NOUN VERB ADV', 'DET NOUN ADV VERB DET ADJ NOUN', 'DET ADJ ADJ NOUN VERB']
VOCAB = sorted(set(w for words in WORDS.values() for w in words))
MAX_LEN = 7


def sentences(rng, count):
    """Word ids, tag ids and lengths, padded with zeros."""
    x = np.zeros([count, MAX_LEN], np.int32)
    y = np.zeros([count, MAX_LEN], np.int32)
    lengths = np.zeros([count], np.int32)
    for row in range(count):
        tags = PATTERNS[rng.randint(len(PATTERNS))].split()
        lengths[row] = len(tags)
        for column, tag in enumerate(tags):
            x[row, column] = VOCAB.index(WORDS[tag][rng.randint(len(WORDS[tag]))])
            y[row, column] = TAGS.index(tag)
    return x, y, lengths


class BiLSTM_CRF(object):
    def __init__(self, embedding_dim=8, hidden_dim=10, lr=0.02):
        self.word_ids = tf.placeholder(tf.int32, shape=[None, MAX_LEN], name='word_ids')
        self.labels = tf.placeholder(tf.int32, shape=[None, MAX_LEN], name='labels')
        self.sequence_lengths = tf.placeholder(tf.int32, shape=[None], name='sequence_lengths')
        self.embedding_dim, self.hidden_dim, self.lr = embedding_dim, hidden_dim, lr
        self.lookup_layer_op()
        self.biLSTM_layer_op()
        self.loss_op()
        self.trainstep_op()

    def lookup_layer_op(self):
        with tf.variable_scope('words'):
            table = tf.get_variable('word_embeddings', [len(VOCAB), self.embedding_dim],
                                    initializer=tf.random_uniform_initializer(-0.25, 0.25, seed=1))
            self.word_embeddings = tf.nn.embedding_lookup(params=table, ids=self.word_ids, name='word_embeddings')

    def biLSTM_layer_op(self):
        with tf.variable_scope('bi-lstm', initializer=tf.random_uniform_initializer(-0.2, 0.2, seed=2)):
            cell_fw = rnn.LSTMCell(self.hidden_dim)
            cell_bw = rnn.GRUCell(self.hidden_dim)
            (fw, bw), _ = tf.nn.bidirectional_dynamic_rnn(cell_fw, cell_bw, self.word_embeddings,
                                                          sequence_length=self.sequence_lengths, dtype=tf.float32)
            output = tf.concat([fw, bw], axis=-1)
        with tf.variable_scope('proj'):
            W = tf.get_variable('W', shape=[2 * self.hidden_dim, len(TAGS)],
                                initializer=tf.contrib.layers.xavier_initializer(seed=3))
            b = tf.get_variable('b', shape=[len(TAGS)], initializer=tf.zeros_initializer())
            pred = tf.matmul(tf.reshape(output, [-1, 2 * self.hidden_dim]), W) + b
            self.logits = tf.reshape(pred, [-1, MAX_LEN, len(TAGS)])

    def loss_op(self):
        with tf.variable_scope('crf', initializer=tf.random_uniform_initializer(-0.1, 0.1, seed=4)):
            log_likelihood, self.transition_params = crf.crf_log_likelihood(
                inputs=self.logits, tag_indices=self.labels, sequence_lengths=self.sequence_lengths)
        self.loss = -tf.reduce_mean(log_likelihood)
        self.decoded, self.best_score = crf.crf_decode(self.logits, self.transition_params, self.sequence_lengths)

    def trainstep_op(self):
        optim = tf.train.AdamOptimizer(self.lr)
        grads_and_vars = optim.compute_gradients(self.loss)
        self.train_op = optim.apply_gradients([[tf.clip_by_norm(g, 5.0), v] for g, v in grads_and_vars])


if __name__ == '__main__':
    tf.set_random_seed(3)
    rng = np.random.RandomState(3)
    model = BiLSTM_CRF()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(31):
            x, y, n = sentences(rng, 16)
            _, loss = sess.run([model.train_op, model.loss],
                               {model.word_ids: x, model.labels: y, model.sequence_lengths: n})
            if step % 10 == 0:
                print('step %d loss %.6f' % (step, loss))

        x, y, n = sentences(rng, 50)
        feed = {model.word_ids: x, model.sequence_lengths: n, model.labels: y}
        logits, transitions, decoded, score = sess.run(
            [model.logits, model.transition_params, model.decoded, model.best_score], feed)
        right = by_hand = 0
        for row in range(len(x)):
            viterbi, _ = crf.viterbi_decode(logits[row][:n[row]], transitions)
            by_hand += int(list(viterbi) == list(decoded[row][:n[row]]))
            right += int((decoded[row][:n[row]] == y[row][:n[row]]).sum())
        print('decoded alike by NumPy and in the graph: %d of %d' % (by_hand, len(x)))
        print('tags right: %d of %d, best score of the first %.6f' % (right, n.sum(), score[0]))
        print(' '.join('%s/%s' % (VOCAB[w], TAGS[t]) for w, t in zip(x[0][:n[0]], decoded[0][:n[0]])))
        print('final loss %.6f' % sess.run(model.loss, feed))
