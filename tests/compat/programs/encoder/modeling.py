"""A small encoder of words: embeddings, one layer of attention, a vector for the whole sentence."""

import collections
import json
import math
import re

import tensorflow as tf


class EncoderConfig(object):
    def __init__(self, words, width=8, heads=2, inner=12, length=16, dropout=0.0):
        self.words = words
        self.width = width
        self.heads = heads
        self.inner = inner
        self.length = length
        self.dropout = dropout

    @classmethod
    def from_json_file(cls, path):
        with tf.gfile.GFile(path, "r") as f:
            return cls(**json.loads(f.read()))


class Encoder(object):
    """``ids`` and ``mask`` are int32 [batch, length]; `sentence` is float32 [batch, width]."""

    def __init__(self, config, is_training, ids, mask, scope=None):
        rate = config.dropout if is_training else 0.0
        with tf.variable_scope(scope, default_name="encoder"):
            with tf.variable_scope("embeddings"):
                words = tf.get_variable("words", [config.words, config.width], initializer=initializer())
                places = tf.get_variable("places", [config.length, config.width], initializer=initializer())
                length = ids.shape[1].value
                embedded = tf.nn.embedding_lookup(words, ids) + tf.expand_dims(places[:length], 0)
                self.embedded = drop(norm(embedded), rate)
            with tf.variable_scope("layer_0"):
                attended = attention(self.embedded, mask, config)
                with tf.variable_scope("output"):
                    mixed = tf.layers.dense(attended, config.width, kernel_initializer=initializer())
                    mixed = norm(drop(mixed, rate) + self.embedded)
                inner = tf.layers.dense(mixed, config.inner, smooth_relu, kernel_initializer=initializer(), name="inner")
                outer = tf.layers.dense(inner, config.width, kernel_initializer=initializer(), name="outer")
                self.sequence = norm(drop(outer, rate) + mixed, "last_norm")
            with tf.variable_scope("sentence"):
                first = tf.squeeze(self.sequence[:, 0:1, :], axis=1)
                self.sentence = tf.layers.dense(first, config.width, tf.tanh, kernel_initializer=initializer())


def initializer(spread=0.1):
    return tf.truncated_normal_initializer(stddev=spread)


def drop(values, rate):
    return values if rate is None or rate == 0.0 else tf.nn.dropout(values, 1.0 - rate)


def norm(values, name=None):
    return tf.contrib.layers.layer_norm(inputs=values, begin_norm_axis=-1, begin_params_axis=-1, scope=name)


def smooth_relu(x):
    return x * 0.5 * (1.0 + tf.erf(x / tf.sqrt(2.0)))


def attention(values, mask, config):
    batch, length = tf.shape(values)[0], values.shape[1].value
    size = config.width // config.heads

    def split(name):
        flat = tf.layers.dense(values, config.width, name=name, kernel_initializer=initializer())
        return tf.transpose(tf.reshape(flat, [batch, length, config.heads, size]), [0, 2, 1, 3])

    scores = tf.matmul(split("query"), split("key"), transpose_b=True) / math.sqrt(float(size))
    scores += (1.0 - tf.cast(mask[:, tf.newaxis, tf.newaxis, :], tf.float32)) * -10000.0
    mixed = tf.matmul(tf.nn.softmax(scores), split("value"))
    return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, length, config.width])


def assignment_map(variables, checkpoint):
    """What of a checkpoint goes into which variable, and the names of those variables."""
    by_name = collections.OrderedDict()
    for variable in variables:
        found = re.match("^(.*):\\d+$", variable.name)
        by_name[found.group(1) if found else variable.name] = variable
    stored = [name for name, _ in tf.train.list_variables(checkpoint) if name in by_name]
    return collections.OrderedDict((name, name) for name in stored), set(stored)
