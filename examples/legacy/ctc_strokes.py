"""CTC: sparse_placeholder labels, stacked bidirectional LSTM, ctc_loss, beam search decoding and edit distance."""
import numpy as np
import tensorflow as tf

# Every 'letter' is a stroke of three to five frames with two features; the network sees frames, not letters.
num_features = 3
num_classes = 4 + 1  # four letters and the blank
num_hidden = 12
num_epochs = 100
batch_size = 8
initial_learning_rate = 0.01
STROKES = np.array([[1.0, 0.0, 0.2], [0.0, 1.0, -0.3], [-1.0, 0.3, 0.0], [0.2, -1.0, 0.5]])


def sparse_tuple_from(sequences, dtype=np.int32):
    """Create a sparse representation of a list of lists."""
    indices = []
    values = []
    for n, seq in enumerate(sequences):
        indices.extend(zip([n] * len(seq), range(len(seq))))
        values.extend(seq)
    indices = np.asarray(indices, dtype=np.int64)
    values = np.asarray(values, dtype=dtype)
    shape = np.asarray([len(sequences), np.asarray(indices).max(0)[1] + 1], dtype=np.int64)
    return indices, values, shape


def make_words(rng, count):
    words, frames = [], []
    for _ in range(count):
        word = rng.randint(0, 4, rng.randint(2, 5))
        rows = [STROKES[letter] * rng.uniform(0.7, 1.3) for letter in word for _ in range(rng.randint(3, 6))]
        words.append(list(word))
        frames.append(np.array(rows) + 0.1 * rng.randn(len(rows), num_features))
    lengths = np.array([len(f) for f in frames], np.int32)
    padded = np.zeros([count, lengths.max(), num_features], np.float32)
    for row, f in enumerate(frames):
        padded[row, :len(f)] = f
    return padded, sparse_tuple_from(words), lengths


rng = np.random.RandomState(21)
train_inputs, train_targets, train_seq_len = make_words(rng, batch_size)

graph = tf.Graph()
with graph.as_default():
    tf.set_random_seed(21)
    inputs = tf.placeholder(tf.float32, [None, None, num_features])
    # Here we use sparse_placeholder that will generate a SparseTensor required by ctc_loss op.
    targets = tf.sparse_placeholder(tf.int32)
    seq_len = tf.placeholder(tf.int32, [None])

    cells_fw = [tf.contrib.rnn.LSTMCell(num_hidden, use_peepholes=True,
                                        initializer=tf.truncated_normal_initializer(stddev=0.2, seed=s)) for s in (1, 2)]
    cells_bw = [tf.contrib.rnn.LSTMCell(num_hidden, use_peepholes=True,
                                        initializer=tf.truncated_normal_initializer(stddev=0.2, seed=s)) for s in (3, 4)]
    outputs, _, _ = tf.contrib.rnn.stack_bidirectional_dynamic_rnn(cells_fw, cells_bw, inputs, dtype=tf.float32,
                                                                   sequence_length=seq_len)
    shape = tf.shape(inputs)
    batch_s, max_timesteps = shape[0], shape[1]
    outputs = tf.reshape(outputs, [-1, 2 * num_hidden])
    W = tf.Variable(tf.truncated_normal([2 * num_hidden, num_classes], stddev=0.1, seed=5), name='W')
    b = tf.Variable(tf.constant(0., shape=[num_classes]), name='b')
    logits = tf.matmul(outputs, W) + b
    logits = tf.transpose(tf.reshape(logits, [batch_s, -1, num_classes]), (1, 0, 2))  # time major

    cost = tf.reduce_mean(tf.nn.ctc_loss(targets, logits, seq_len))
    optimizer = tf.train.AdamOptimizer(initial_learning_rate).minimize(cost)
    decoded, log_prob = tf.nn.ctc_beam_search_decoder(logits, seq_len, beam_width=10)
    greedy, _ = tf.nn.ctc_greedy_decoder(logits, seq_len)
    ler = tf.reduce_mean(tf.edit_distance(tf.cast(decoded[0], tf.int32), targets))
    dense_decoded = tf.sparse_tensor_to_dense(greedy[0], default_value=-1)

with tf.Session(graph=graph) as session:
    tf.global_variables_initializer().run()
    feed = {inputs: train_inputs, targets: train_targets, seq_len: train_seq_len}
    for curr_epoch in range(num_epochs):
        train_cost, _ = session.run([cost, optimizer], feed)
        if curr_epoch % 25 == 24:
            log = 'Epoch {}/{}, train_cost = {:.6f}, train_ler = {:.6f}'
            print(log.format(curr_epoch + 1, num_epochs, train_cost, session.run(ler, feed_dict=feed)))
    print('log probability of the first word %.6f' % session.run(log_prob, feed)[0, 0])
    guess, truth = session.run([dense_decoded, targets], feed)
    assert isinstance(truth, tf.SparseTensorValue)
    first = truth.values[truth.indices[:, 0] == 0]
    print('Original:', ''.join('abcd'[i] for i in first), 'Decoded:', ''.join('abcd'[i] for i in guess[0] if i >= 0))
    print('final loss %.6f' % session.run(cost, feed))
