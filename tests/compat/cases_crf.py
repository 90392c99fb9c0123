"""Conditional random fields of tf.contrib.crf. Runs on Python 3.7 as well."""

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients

UNARY = numbers((3, 4, 3), "unary", 1.0)
TRANSITIONS = numbers((3, 3), "transitions", 1.0)
TAGS = [[0, 2, 1, 1], [1, 0, 0, 2], [2, 2, 1, 0]]
LENGTHS = [4, 2, 1]


def case_log_likelihood(tf, contrib):
    with tf.variable_scope("tagger"):
        unary = tf.layers.dense(tf.constant(numbers((3, 4, 2), "inputs")), 3)
        likelihood, transitions = contrib.crf.crf_log_likelihood(unary, tf.constant(TAGS), tf.constant(LENGTHS))
    return output_and_gradients(tf, likelihood, fetches={"transitions": transitions})


def case_log_likelihood_of_fed_lengths(tf, contrib):
    unary = tf.placeholder(tf.float32, [None, None, 3])
    tags, lengths = tf.placeholder(tf.int64, [None, None]), tf.placeholder(tf.int64, [None])
    params = tf.get_variable("params", [3, 3])
    likelihood, same = contrib.crf.crf_log_likelihood(unary, tags, lengths, params)
    feed = {unary: UNARY, tags: TAGS, lengths: [3, 0, 1]}
    return output_and_gradients(tf, likelihood, feed, also=lambda _: same is params)


def case_one_step(tf, contrib):
    crf = contrib.crf
    unary, transitions = tf.constant(UNARY[:, :1]), tf.get_variable("t", [3, 3])
    lengths, tags = tf.constant([1, 0, 1]), tf.constant(TAGS)[:, :1]
    bitmap = tf.one_hot(tags, 3, on_value=True, off_value=False)
    decoded, score = crf.crf_decode(unary, transitions, lengths)
    return Run(
        {
            "score": crf.crf_sequence_score(unary, tags, lengths, transitions),
            "norm": crf.crf_log_norm(unary, lengths, transitions),
            "multitag": crf.crf_multitag_sequence_score(unary, bitmap, lengths, transitions),
            "decoded": decoded,
            "best": score,
        }
    )


def case_one_step_that_is_fed(tf, contrib):
    crf = contrib.crf
    unary, tags = tf.placeholder(tf.float32, [None, None, 3]), tf.placeholder(tf.int32, [None, None])
    transitions, lengths = tf.constant(TRANSITIONS), tf.constant([1, 1, 1])
    decoded, score = crf.crf_decode(unary, transitions, lengths)
    fetches = {
        "likelihood": crf.crf_log_likelihood(unary, tags, lengths, transitions)[0],
        "decoded": decoded,
        "best": score,
    }
    return Run(fetches, {unary: UNARY[:, :1], tags: [[1], [0], [2]]})


def case_parts_of_the_score(tf, contrib):
    crf = contrib.crf
    unary, transitions = tf.constant(UNARY), tf.constant(TRANSITIONS)
    tags, lengths = tf.constant(TAGS), tf.constant(LENGTHS)
    bitmap = np.array([[[True, True, False]] * 4, [[False, True, True]] * 4, [[True] * 3] * 4])
    return Run(
        {
            "unary": crf.crf_unary_score(tags, lengths, unary),
            "binary": crf.crf_binary_score(tags, lengths, transitions),
            "sequence": crf.crf_sequence_score(unary, tags, lengths, transitions),
            "multitag": crf.crf_multitag_sequence_score(unary, tf.constant(bitmap), lengths, transitions),
            "norm": crf.crf_log_norm(unary, lengths, transitions),
        }
    )


def case_decode(tf, contrib):
    crf = contrib.crf
    tags, scores = crf.crf_decode(tf.constant(UNARY), tf.constant(TRANSITIONS), tf.constant(LENGTHS))
    fed = tf.placeholder(tf.float32, [None, None, 3])
    fed_tags, fed_scores = crf.crf_decode(fed, tf.constant(TRANSITIONS), tf.constant([3, 0, 2], tf.int64))
    run = Run({"tags": tags, "scores": scores, "fed": [fed_tags, fed_scores]}, {fed: UNARY})
    run.also = lambda _: [
        [[int(tag) for tag in path], float(score)]
        for path, score in (crf.viterbi_decode(UNARY[i, :n], TRANSITIONS) for i, n in enumerate(LENGTHS))
    ]
    return run


def case_cells(tf, contrib):
    crf = contrib.crf
    forward, decode = (
        crf.CrfForwardRnnCell(tf.constant(TRANSITIONS)),
        crf.CrfDecodeForwardRnnCell(tf.constant(TRANSITIONS)),
    )
    back = crf.CrfDecodeBackwardRnnCell(3)
    inputs, state = tf.constant(UNARY[:, 0]), tf.constant(UNARY[:, 1])
    fetches = {
        "forward": forward(inputs, state),
        "decode": decode(inputs, state),
        "back": back(tf.constant([[2, 0, 1]] * 3), tf.constant([[0], [1], [2]])),
    }
    sizes = [(c.state_size, c.output_size) for c in (forward, decode, back)]
    return Run(fetches, also=lambda _: sizes)
