from tensorflow.contrib.rnn import BasicLSTMCell, MultiRNNCell

cells = MultiRNNCell([BasicLSTMCell(3) for _ in range(2)])
