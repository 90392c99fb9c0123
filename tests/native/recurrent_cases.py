"""Recurrent cells, and ways to run them: expressions of TensorFlow 1 over ``x``, ``n`` (lengths), ``steps`` and the cells ``a`` and ``b``.

Runs on Python 3.7 too: `record_recurrent` records what TensorFlow 1.15 gives.
"""

from .vocabulary_cases import waves

BATCH, TIME, INPUTS = 2, 4, 2
LENGTHS = [4, 2]

CELLS = {
    "LSTM": "tf.nn.rnn_cell.LSTMCell(3)",
    "LSTM with rectifiers": "tf.nn.rnn_cell.BasicLSTMCell(3, forget_bias=0.3, activation=tf.nn.relu)",
    "GRU": "tf.nn.rnn_cell.GRUCell(3)",
    "basic cell": "tf.nn.rnn_cell.BasicRNNCell(3)",
    "LSTM under GRU": "tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(3), tf.nn.rnn_cell.GRUCell(4)])",
    "one cell alone": "tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(3)])",
    "two GRUs": "tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.GRUCell(3), tf.nn.rnn_cell.GRUCell(2)])",
    "nothing dropped": "tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.LSTMCell(3), output_keep_prob=1.0)",
}
RUNS = {
    "dynamic": "tf.nn.dynamic_rnn(a, x, dtype=tf.float32)",
    "dynamic with lengths": "tf.nn.dynamic_rnn(a, x, sequence_length=n, dtype=tf.float32)",
    "time first": "tf.nn.dynamic_rnn(a, tf.transpose(x, [1, 0, 2]), n, time_major=True, dtype=tf.float32)",
    "both ways": "tf.nn.bidirectional_dynamic_rnn(a, b, x, dtype=tf.float32)",
    "both ways with lengths": "tf.nn.bidirectional_dynamic_rnn(a, b, x, sequence_length=n, dtype=tf.float32)",
    "list": "tf.nn.static_rnn(a, steps, dtype=tf.float32)",
    "list with lengths": "tf.nn.static_rnn(a, steps, dtype=tf.float32, sequence_length=n)",
    "list both ways": "tf.nn.static_bidirectional_rnn(a, b, steps, dtype=tf.float32)",
}


def inputs():
    """Numbers of ``x``, [BATCH, TIME, INPUTS], flat."""
    return waves((BATCH, TIME, INPUTS))


def weight(number, shape):
    """Numbers of the variable that was made as the ``number``-th, flat."""
    return [0.8 * w for w in waves(shape, 0.7 * number)]
