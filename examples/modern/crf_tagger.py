"""Sequence tagger: embeddings, bidirectional_dynamic_rnn and a conditional random field from tf.contrib.crf."""
from __future__ import print_function

import numpy as np
import tensorflow as tf


class LSTMCell(tf.keras.layers.Layer):
    """The LSTM of TensorFlow 1: one kernel for inputs and state, gates in the order i, j, f, o. Its state is [c, h]."""

    def __init__(self, num_units, forget_bias=1.0, activation=None, initializer=None):
        super().__init__()
        self.state_size, self.output_size = [num_units, num_units], num_units
        self.forget_bias = forget_bias
        self.activation = tf.keras.activations.get(activation or "tanh")
        self.initializer = initializer or "glorot_uniform"

    def build(self, input_shape):
        rows, columns = input_shape[-1] + self.output_size, 4 * self.output_size
        self.kernel = self.add_weight((rows, columns), self.initializer, name="kernel")
        self.bias = self.add_weight((columns,), "zeros", name="bias")

    def get_initial_state(self, batch_size):
        return [tf.zeros([batch_size, size]) for size in self.state_size]

    def call(self, inputs, state):
        c, h = state
        i, j, f, o = tf.split(tf.matmul(tf.concat([inputs, h], 1), self.kernel) + self.bias, 4, axis=1)
        c = c * tf.sigmoid(f + self.forget_bias) + tf.sigmoid(i) * self.activation(j)
        h = self.activation(c) * tf.sigmoid(o)
        return h, [c, h]


class GRUCell(tf.keras.layers.Layer):
    """The GRU of TensorFlow 1: kernels for inputs and state together, gates that start half open."""

    def __init__(self, num_units, activation=None, initializer=None):
        super().__init__()
        self.state_size = self.output_size = num_units
        self.activation = tf.keras.activations.get(activation or "tanh")
        self.initializer = initializer or "glorot_uniform"

    def build(self, input_shape):
        rows, columns = input_shape[-1] + self.output_size, self.output_size
        self.gates_kernel = self.add_weight((rows, 2 * columns), self.initializer, name="gates_kernel")
        self.gates_bias = self.add_weight((2 * columns,), "ones", name="gates_bias")
        self.candidate_kernel = self.add_weight((rows, columns), self.initializer, name="candidate_kernel")
        self.candidate_bias = self.add_weight((columns,), "zeros", name="candidate_bias")

    def get_initial_state(self, batch_size):
        return tf.zeros([batch_size, self.state_size])

    def call(self, inputs, state):
        (h,) = tf.nest.flatten(state)
        gates = tf.sigmoid(tf.matmul(tf.concat([inputs, h], 1), self.gates_kernel) + self.gates_bias)
        r, u = tf.split(gates, 2, axis=1)
        c = tf.matmul(tf.concat([inputs, r * h], 1), self.candidate_kernel) + self.candidate_bias
        h = u * h + (1 - u) * self.activation(c)
        return h, h


def dynamic_rnn(cell, inputs, sequence_length=None, initial_state=None):
    """Outputs of a cell over [batch, time, …] and its last state; behind the end of a sequence outputs are zero and the state stays."""
    mask = None if sequence_length is None else tf.sequence_mask(sequence_length, tf.shape(inputs)[1])
    unroll = inputs.shape[1] is not None and inputs.shape[1] <= 32  # short sequences take half the time without a loop
    layer = tf.keras.layers.RNN(cell, return_sequences=True, return_state=True, zero_output_for_mask=True, unroll=unroll)
    outputs, *state = layer(inputs, initial_state=initial_state, mask=mask)
    return outputs, state[0] if isinstance(cell.state_size, int) else state


def bidirectional_dynamic_rnn(
    cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None
):
    """Outputs of one cell forward over [batch, time, …] and of one backward, and both last states."""

    def reverse(values):
        if sequence_length is None:
            return tf.reverse(values, [1])
        return tf.reverse_sequence(values, sequence_length, seq_axis=1)

    forward, state_fw = dynamic_rnn(cell_fw, inputs, sequence_length, initial_state_fw)
    backward, state_bw = dynamic_rnn(cell_bw, reverse(inputs), sequence_length, initial_state_bw)
    return (forward, reverse(backward)), (state_fw, state_bw)


def crf_log_likelihood(inputs, tag_indices, sequence_lengths, transition_params):
    """Logarithms of the probability of sequences of tags, [batch]."""
    score = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return score - crf_log_norm(inputs, sequence_lengths, transition_params)


def crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params):
    """Scores of sequences of tags, [batch]: the sum of their entries of inputs, and of transitions between them."""
    mask = tf.sequence_mask(sequence_lengths, tf.shape(tag_indices)[1], tf.float32)
    unary = tf.gather(inputs, tag_indices, axis=2, batch_dims=2)
    binary = tf.gather_nd(transition_params, tf.stack([tag_indices[:, :-1], tag_indices[:, 1:]], axis=2))
    return tf.reduce_sum(unary * mask, 1) + tf.reduce_sum(binary * mask[:, 1:], 1)


def crf_log_norm(inputs, sequence_lengths, transition_params):
    """Logarithms of the sum over all sequences of tags of exp(score), [batch]."""
    lengths = tf.cast(sequence_lengths, tf.int32)

    def forward(alphas, step):
        longer = inputs[:, step] + tf.reduce_logsumexp(alphas[:, :, tf.newaxis] + transition_params, 1)
        return tf.where((step < lengths)[:, tf.newaxis], longer, alphas)

    alphas = tf.foldl(forward, tf.range(1, tf.shape(inputs)[1]), inputs[:, 0])
    return tf.where(lengths > 0, tf.reduce_logsumexp(alphas, 1), 0.0)


def crf_decode(potentials, transition_params, sequence_length):
    """The sequences of tags with the highest score, [batch, time] with zeros behind their end, and these scores, [batch]."""
    batch, steps, count = tf.unstack(tf.shape(potentials))
    lengths = tf.maximum(tf.cast(sequence_length, tf.int32), 1)
    same = tf.tile(tf.range(count)[tf.newaxis], [batch, 1])

    def forward(before, step):
        scores = before[0][:, :, tf.newaxis] + transition_params
        inside = ((step > 0) & (step < lengths))[:, tf.newaxis]
        score = tf.where(inside, potentials[:, step] + tf.reduce_max(scores, 1), before[0])
        return score, tf.where(inside, tf.argmax(scores, 1, tf.int32), same)

    scores, pointers = tf.scan(forward, tf.range(steps), (potentials[:, 0], same))
    last = tf.argmax(scores[-1], 1, tf.int32)
    tags = tf.scan(lambda tag, pointer: tf.gather(pointer, tag, batch_dims=1), pointers, last, reverse=True)
    tags = tf.transpose(tf.concat([tags[1:], last[tf.newaxis]], 0))
    return tf.where(tf.sequence_mask(lengths, steps), tags, 0), tf.reduce_max(scores[-1], 1)


def viterbi_decode(score, transition_params):
    """The sequence of tags with the highest score in an array of scores [time, tags], and its score."""
    best, pointers = score[0], []
    for row in score[1:]:
        through = best[:, None] + transition_params
        pointers.append(through.argmax(0))
        best = row + through.max(0)
    tags = [int(best.argmax())]
    for pointer in reversed(pointers):
        tags.append(int(pointer[tags[-1]]))
    return tags[::-1], best.max()


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
        self.embedding_dim, self.hidden_dim, self.lr = embedding_dim, hidden_dim, lr
        self.table = tf.Variable(tf.random_uniform_initializer(-0.25, 0.25, seed=1)([len(VOCAB), self.embedding_dim]), name='words/word_embeddings')
        self.cell_fw = LSTMCell(self.hidden_dim, initializer=tf.random_uniform_initializer(-0.2, 0.2, seed=2))
        self.cell_bw = GRUCell(self.hidden_dim, initializer=tf.random_uniform_initializer(-0.2, 0.2, seed=2))
        self.W = tf.Variable(tf.keras.initializers.GlorotUniform(seed=3)([2 * self.hidden_dim, len(TAGS)]), name='proj/W')
        self.b = tf.Variable(tf.zeros_initializer()([len(TAGS)]), name='proj/b')
        self.transition_params = tf.Variable(tf.random_uniform_initializer(-0.1, 0.1, seed=4)([len(TAGS), len(TAGS)]), name='crf/transitions')
        self.optim = tf.keras.optimizers.Adam(self.lr, epsilon=1e-8)

    def forward(self, word_ids, sequence_lengths):
        word_embeddings = tf.nn.embedding_lookup(params=self.table, ids=word_ids, name='word_embeddings')
        (fw, bw), _ = bidirectional_dynamic_rnn(self.cell_fw, self.cell_bw, word_embeddings, sequence_length=sequence_lengths)
        output = tf.concat([fw, bw], axis=-1)
        pred = tf.matmul(tf.reshape(output, [-1, 2 * self.hidden_dim]), self.W) + self.b
        logits = tf.reshape(pred, [-1, MAX_LEN, len(TAGS)])
        return logits

    @tf.function(input_signature=[
        tf.TensorSpec([None, MAX_LEN], tf.int32),
        tf.TensorSpec([None, MAX_LEN], tf.int32),
        tf.TensorSpec([None], tf.int32),
    ])
    def train_step(self, word_ids, labels, sequence_lengths):
        with tf.GradientTape() as tape:
            logits = self.forward(word_ids, sequence_lengths)
            log_likelihood = crf_log_likelihood(logits, labels, sequence_lengths, self.transition_params)
            loss = -tf.reduce_mean(log_likelihood)
        variables = [self.table, *self.cell_fw.trainable_variables, *self.cell_bw.trainable_variables, self.W, self.b, self.transition_params]
        grads_and_vars = list(zip(tape.gradient(loss, variables), variables))
        self.optim.apply_gradients([(tf.convert_to_tensor(g), v) for g, v in [[tf.clip_by_norm(g, 5.0), v] for g, v in grads_and_vars]])
        return loss

    @tf.function(input_signature=[
        tf.TensorSpec([None, MAX_LEN], tf.int32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None, MAX_LEN], tf.int32),
    ])
    def evaluate(self, word_ids, sequence_lengths, labels):
        logits = self.forward(word_ids, sequence_lengths)
        decoded, best_score = crf_decode(logits, self.transition_params, sequence_lengths)
        return logits, self.transition_params, decoded, best_score

    @tf.function(input_signature=[
        tf.TensorSpec([None, MAX_LEN], tf.int32),
        tf.TensorSpec([None], tf.int32),
        tf.TensorSpec([None, MAX_LEN], tf.int32),
    ])
    def compute_loss(self, word_ids, sequence_lengths, labels):
        logits = self.forward(word_ids, sequence_lengths)
        log_likelihood = crf_log_likelihood(logits, labels, sequence_lengths, self.transition_params)
        loss = -tf.reduce_mean(log_likelihood)
        return loss


if __name__ == '__main__':
    tf.random.set_seed(3)
    rng = np.random.RandomState(3)
    model = BiLSTM_CRF()
    for step in range(31):
        x, y, n = sentences(rng, 16)
        loss = model.train_step(x, y, n).numpy()
        if step % 10 == 0:
            print('step %d loss %.6f' % (step, loss))

    x, y, n = sentences(rng, 50)
    feed = {'word_ids': x, 'sequence_lengths': n, 'labels': y}
    logits, transitions, decoded, score = (t.numpy() for t in model.evaluate(**feed))
    right = by_hand = 0
    for row in range(len(x)):
        viterbi, _ = viterbi_decode(logits[row][:n[row]], transitions)
        by_hand += int(list(viterbi) == list(decoded[row][:n[row]]))
        right += int((decoded[row][:n[row]] == y[row][:n[row]]).sum())
    print('decoded alike by NumPy and in the graph: %d of %d' % (by_hand, len(x)))
    print('tags right: %d of %d, best score of the first %.6f' % (right, n.sum(), score[0]))
    print(' '.join('%s/%s' % (VOCAB[w], TAGS[t]) for w, t in zip(x[0][:n[0]], decoded[0][:n[0]])))
    print('final loss %.6f' % model.compute_loss(**feed).numpy())
