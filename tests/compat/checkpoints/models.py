"""The models behind the checkpoints: each trains where it has none, and answers from what is stored. Runs on Python 3.7 as well."""

import os

import numpy as np

from tests.compat import estimators
from tests.compat.harness import numbers, plain

IMAGES = numbers((6, 6, 6, 1), "images")
WORDS = np.array([[1, 4, 2], [3, 3, 0], [2, 0, 0], [4, 1, 1]])
LENGTHS = [3, 2, 1, 3]
FEATURES = dict(estimators.FEATURES, word=np.array(["a", "b", "c", "a", "b", "b", "c", "a"]))


def slim(tf, contrib, training):
    """Convolution with batch normalization and a dense layer of contrib.slim; probabilities of three classes."""
    net = contrib.slim
    with net.arg_scope([net.batch_norm], is_training=training, decay=0.8, scale=True):
        h = net.conv2d(tf.constant(IMAGES), 3, [3, 3], stride=2, normalizer_fn=net.batch_norm)
    return net.fully_connected(net.flatten(h), 3, activation_fn=tf.nn.softmax, scope="classes")


def layers(tf, contrib, training):
    """The same kind of model of tf.layers."""
    h = tf.layers.conv2d(tf.constant(IMAGES), 3, 3, strides=2, use_bias=False)
    h = tf.nn.relu(tf.layers.batch_normalization(h, momentum=0.8, training=training))
    return tf.layers.dense(tf.layers.flatten(h), 3, tf.nn.softmax, name="classes")


def rnn(tf, contrib, training):
    """Two LSTM cells over embedded words of different lengths."""
    table = tf.get_variable("words", [5, 3])
    cells = [tf.nn.rnn_cell.BasicLSTMCell(3), tf.nn.rnn_cell.LSTMCell(2, use_peepholes=True)]
    cell = tf.nn.rnn_cell.MultiRNNCell(cells)
    inputs = tf.nn.embedding_lookup(table, WORDS)
    outputs, state = tf.nn.dynamic_rnn(cell, inputs, sequence_length=LENGTHS, dtype=tf.float32)
    return tf.nn.softmax(tf.layers.dense(tf.concat([state[0].c, state[1].h, outputs[:, 0]], 1), 3))


SAVED = {"slim": slim, "layers": layers, "rnn": rnn}


def train_and_save(tf, contrib, model, folder):
    """Train three steps and save everything, the slots of the optimizer too."""
    with tf.Graph().as_default(), tf.Session() as session:
        output = model(tf, contrib, True)
        loss = tf.reduce_mean(tf.square(output - np.eye(3)[np.arange(int(output.shape[0])) % 3]))
        with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
            train = tf.train.AdamOptimizer(0.1).minimize(loss, tf.train.get_or_create_global_step())
        session.run(tf.global_variables_initializer())
        for _ in range(3):
            session.run(train)
        tf.train.Saver().save(session, os.path.join(folder, "model.ckpt"), 3, write_meta_graph=False)


def restored(tf, contrib, model, folder):
    """What the model says with the variables of the checkpoint, which are found by their names."""
    with tf.Graph().as_default(), tf.Session() as session:
        output = model(tf, contrib, False)
        tf.train.Saver().restore(session, tf.train.latest_checkpoint(folder))
        return plain(session.run(output))


def custom(tf, estimator, folder):
    """An Estimator with a model_fn of its own: tf.layers, batch normalization, Adagrad."""
    config = estimator.RunConfig(save_summary_steps=None, log_step_count_steps=None)
    return estimator.Estimator(estimators.network(tf, estimator), folder, config, {"units": 4})


def dnn_classifier(tf, estimator, folder):
    """A DNNClassifier over numbers and an embedding, with batch normalization."""
    column = tf.feature_column
    words = column.categorical_column_with_vocabulary_list("word", ["a", "b", "c"])
    columns = [column.numeric_column("x", shape=[3]), column.embedding_column(words, 2)]
    return estimator.DNNClassifier([4, 3], columns, folder, n_classes=2, batch_norm=True)


ESTIMATORS = {"custom": custom, "dnn_classifier": dnn_classifier}


def train_estimator(tf, estimator, make, folder, steps):
    """Train up to ``steps`` steps in all."""
    make(tf, estimator, folder).train(estimators.input_fn(estimator, features=FEATURES), max_steps=steps)


def predicted(tf, estimator, make, folder):
    """Predictions, and every variable and slot that is stored."""
    found = make(tf, estimator, folder)
    data = estimators.input_fn(estimator, 1, features=FEATURES)
    probabilities = [p["probabilities"] for p in found.predict(data)]
    return plain({"predicted": probabilities, "variables": estimators.variables(found)})
