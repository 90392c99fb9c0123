import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import contrib as tf_contrib

likelihood, transitions = tf_contrib.crf.crf_log_likelihood(scores, tags, lengths)
