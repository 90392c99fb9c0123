import tensorflow as tf

likelihood, transitions = tf.contrib.crf.crf_log_likelihood(scores, tags, lengths)
