"""Sequence to sequence with attention (tf.contrib.seq2seq): training, greedy and beam search decoding with shared variables."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import seq2seq
from tensorflow.python.layers.core import Dense

# The task: write a word of digits backwards.
GO, EOS, PAD, DIGITS = 5, 6, 7, 5
VOCAB, UNITS, EMBEDDING, BEAM = 8, 16, 6, 3
BATCH, MAX_LEN = 32, 4


def make_batch(rng, size):
    lengths = rng.randint(2, MAX_LEN + 1, size)
    source = np.full([size, MAX_LEN], PAD, np.int32)
    target = np.full([size, MAX_LEN + 1], PAD, np.int32)
    for row, n in enumerate(lengths):
        source[row, :n] = rng.randint(0, DIGITS, n)
        target[row, :n + 1] = list(source[row, :n][::-1]) + [EOS]
    return source, lengths.astype(np.int32), target


class Seq2SeqModel(object):
    def __init__(self, mode, reuse=None):
        self.mode = mode
        self.source = tf.placeholder(tf.int32, [None, MAX_LEN], name='source')
        self.lengths = tf.placeholder(tf.int32, [None], name='lengths')
        self.batch_size = tf.shape(self.source)[0]
        init = tf.random_uniform_initializer(-0.3, 0.3, seed=1)
        with tf.variable_scope('seq2seq', initializer=init, reuse=reuse):
            self.embeddings = tf.get_variable('embeddings', [VOCAB, EMBEDDING])
            outputs, state = self._encode()
            self._decode(outputs, state)

    def _encode(self):
        with tf.variable_scope('encoder'):
            cell = tf.contrib.rnn.GRUCell(UNITS)
            inputs = tf.nn.embedding_lookup(self.embeddings, self.source)
            return tf.nn.dynamic_rnn(cell, inputs, sequence_length=self.lengths, dtype=tf.float32)

    def _attention_cell(self, memory, lengths):
        attention = seq2seq.BahdanauAttention(UNITS, memory, memory_sequence_length=lengths, normalize=False)
        cell = tf.contrib.rnn.GRUCell(UNITS)
        return seq2seq.AttentionWrapper(cell, attention, attention_layer_size=UNITS, alignment_history=self.mode == 'greedy')

    def _decode(self, memory, encoder_state):
        projection = Dense(VOCAB, use_bias=False, name='projection')
        with tf.variable_scope('decoder'):
            if self.mode == 'beam':
                memory = seq2seq.tile_batch(memory, BEAM)
                encoder_state = seq2seq.tile_batch(encoder_state, BEAM)
                lengths = seq2seq.tile_batch(self.lengths, BEAM)
                size = self.batch_size * BEAM
            else:
                lengths, size = self.lengths, self.batch_size
            cell = self._attention_cell(memory, lengths)
            start = cell.zero_state(size, tf.float32).clone(cell_state=encoder_state)
            go = tf.fill([self.batch_size], GO)
            if self.mode == 'train':
                self.target = tf.placeholder(tf.int32, [None, MAX_LEN + 1], name='target')
                shifted = tf.concat([go[:, tf.newaxis], self.target[:, :-1]], 1)
                helper = seq2seq.TrainingHelper(tf.nn.embedding_lookup(self.embeddings, shifted), self.lengths + 1)
                decoder = seq2seq.BasicDecoder(cell, helper, start, output_layer=projection)
            elif self.mode == 'greedy':
                helper = seq2seq.GreedyEmbeddingHelper(self.embeddings, go, EOS)
                decoder = seq2seq.BasicDecoder(cell, helper, start, output_layer=projection)
            else:
                decoder = seq2seq.BeamSearchDecoder(cell, self.embeddings, go, EOS, start, BEAM, output_layer=projection,
                                                    length_penalty_weight=0.5)
            outputs, final_state, out_lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=MAX_LEN + 1)
        if self.mode == 'train':
            mask = tf.sequence_mask(self.lengths + 1, tf.reduce_max(self.lengths) + 1, dtype=tf.float32)
            wanted = self.target[:, :tf.reduce_max(self.lengths) + 1]
            self.loss = seq2seq.sequence_loss(outputs.rnn_output, wanted, mask)
            optimizer = tf.train.AdagradOptimizer(0.15)
            grads, tvars = zip(*optimizer.compute_gradients(self.loss))
            self.train_op = optimizer.apply_gradients(zip(tf.clip_by_global_norm(grads, 1.0)[0], tvars))
        elif self.mode == 'greedy':
            self.ids = outputs.sample_id
            self.alignments = tf.transpose(final_state.alignment_history.stack(), [1, 0, 2])
        else:
            self.ids, self.out_lengths = outputs.predicted_ids, out_lengths
            self.log_probs = final_state.log_probs


def text(ids):
    return ''.join(str(i) for i in ids if 0 <= i < DIGITS)


def main():
    tf.set_random_seed(59)
    rng = np.random.RandomState(59)
    train = Seq2SeqModel('train')
    greedy, beam = Seq2SeqModel('greedy', reuse=True), Seq2SeqModel('beam', reuse=True)
    print('variables:', len(tf.trainable_variables()))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(251):
            source, lengths, target = make_batch(rng, BATCH)
            _, loss = sess.run([train.train_op, train.loss],
                               {train.source: source, train.lengths: lengths, train.target: target})
            if step % 50 == 0:
                print('step %d loss %.6f' % (step, loss))

        source, lengths, target = make_batch(rng, 20)
        ids, alignments = sess.run([greedy.ids, greedy.alignments], {greedy.source: source, greedy.lengths: lengths})
        print('attention sums to one: %s' % np.allclose(alignments[0].sum(1), 1))
        beams, log_probs = sess.run([beam.ids, beam.log_probs], {beam.source: source, beam.lengths: lengths})
        print('best beam %.6f' % log_probs[0, 0])
        for row in range(2):
            print('%s -> greedy %s, beam %s' % (text(source[row]), text(ids[row]), text(beams[row, :, 0])))
        loss = sess.run(train.loss, {train.source: source, train.lengths: lengths, train.target: target})
    print('final loss %.6f' % loss)


if __name__ == '__main__':
    main()
