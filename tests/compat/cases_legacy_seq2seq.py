"""Encoders, decoders, losses and buckets of tf.contrib.legacy_seq2seq. Runs on Python 3.7 as well."""

import importlib

from tests.compat.harness import Run, numbers, output_and_gradients

IDS = [[1, 4], [0, 2], [3, 3], [2, 1]]
STEPS = [numbers((2, 3), "step %d" % i) for i in range(4)]


def steps(tf, n):
    return [tf.constant(s) for s in STEPS[:n]]


def ids(tf, n, first=0):
    return [tf.constant(i) for i in IDS[first : first + n]]


def flat(tf, contrib, outputs, state):
    parts = list(outputs) + list(contrib.framework.nest.flatten(state))
    return tf.concat([tf.reshape(p, [2, -1]) for p in parts], 1)


def given_and_fed(tf, contrib, model):
    """The model with a bool tensor for ``feed_previous``, with both values."""
    fed = tf.placeholder_with_default(True, [])
    outputs, state = model(fed)
    run = output_and_gradients(tf, flat(tf, contrib, outputs, state))
    run.also = lambda session: session.run(run.fetches, {fed: False})
    return run


def projection(tf, size=3, symbols=5):
    return tf.get_variable("proj_w", [size, symbols]), tf.get_variable("proj_b", [symbols])


def case_basic(tf, contrib):
    cell = contrib.rnn.MultiRNNCell([contrib.rnn.BasicLSTMCell(3), contrib.rnn.GRUCell(2)])
    outputs, state = contrib.legacy_seq2seq.basic_rnn_seq2seq(steps(tf, 3), steps(tf, 2), cell)
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_basic_with_dropout_that_is_fed(tf, contrib):
    keep = tf.placeholder_with_default(1.0, [])
    cell = contrib.rnn.DropoutWrapper(contrib.rnn.GRUCell(3), input_keep_prob=keep)
    outputs, state = contrib.legacy_seq2seq.basic_rnn_seq2seq(steps(tf, 2), steps(tf, 2), cell, scope="mine")
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_tied(tf, contrib):
    cell = contrib.rnn.GRUCell(3)
    loop = lambda prev, i: tf.tanh(prev) * float(i)  # noqa: E731
    outputs, state = contrib.legacy_seq2seq.tied_rnn_seq2seq(steps(tf, 3), steps(tf, 3), cell, loop_function=loop)
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_rnn_decoder_with_a_layer_in_the_loop(tf, contrib):
    cell = contrib.rnn.BasicLSTMCell(3)
    with tf.variable_scope("decode"):
        weights = tf.get_variable("w", [3, 5])
        embedding = tf.get_variable("embedding", [5, 3])

    def loop(prev, _):
        return tf.nn.embedding_lookup(embedding, tf.stop_gradient(tf.argmax(tf.matmul(prev, weights), 1)))

    state = cell.zero_state(2, tf.float32)
    outputs, state = contrib.legacy_seq2seq.rnn_decoder(steps(tf, 3), state, cell, loop_function=loop, scope="decode")
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_embedding_rnn(tf, contrib):
    outputs, state = contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        ids(tf, 3), ids(tf, 3, 1), contrib.rnn.BasicLSTMCell(3), 5, 6, 4, feed_previous=True
    )
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_embedding_rnn_with_feed_previous_in_the_graph(tf, contrib):
    def model(fed):
        return contrib.legacy_seq2seq.embedding_rnn_seq2seq(
            ids(tf, 2), ids(tf, 3, 1), contrib.rnn.BasicLSTMCell(3), 5, 6, 4, feed_previous=fed
        )

    return given_and_fed(tf, contrib, model)


def case_embedding_rnn_projected(tf, contrib):
    outputs, state = contrib.legacy_seq2seq.embedding_rnn_seq2seq(
        ids(tf, 2), ids(tf, 3), contrib.rnn.GRUCell(3), 5, 5, 4, projection(tf), feed_previous=True
    )
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_embedding_tied(tf, contrib):
    outputs, state = contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
        ids(tf, 2), ids(tf, 3, 1), contrib.rnn.GRUCell(3), 5, 4, num_decoder_symbols=4, feed_previous=True
    )
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_embedding_tied_with_feed_previous_in_the_graph(tf, contrib):
    def model(fed):
        return contrib.legacy_seq2seq.embedding_tied_rnn_seq2seq(
            ids(tf, 2), ids(tf, 2, 1), contrib.rnn.BasicLSTMCell(3), 5, 4, None, projection(tf), feed_previous=fed
        )

    return given_and_fed(tf, contrib, model)


def case_attention(tf, contrib):
    outputs, state = contrib.legacy_seq2seq.embedding_attention_seq2seq(
        ids(tf, 3), ids(tf, 3, 1), contrib.rnn.BasicLSTMCell(3), 5, 6, 4, num_heads=2, feed_previous=True
    )
    return output_and_gradients(tf, flat(tf, contrib, outputs, state))


def case_attention_with_feed_previous_in_the_graph(tf, contrib):
    def model(fed):
        cell = contrib.rnn.MultiRNNCell([contrib.rnn.GRUCell(3) for _ in range(2)])
        return contrib.legacy_seq2seq.embedding_attention_seq2seq(
            ids(tf, 3), ids(tf, 2, 1), cell, 5, 5, 4, 1, projection(tf), feed_previous=fed, initial_state_attention=True
        )

    return given_and_fed(tf, contrib, model)


def case_attention_decoder_of_unknown_length(tf, contrib):
    memory = tf.placeholder(tf.float32, [None, None, 2])
    cell = contrib.rnn.GRUCell(3)
    outputs, state = contrib.legacy_seq2seq.attention_decoder(
        steps(tf, 3), tf.constant(STEPS[3]), memory, cell, output_size=4, initial_state_attention=True
    )
    return output_and_gradients(tf, flat(tf, contrib, outputs, state), {memory: numbers((2, 5, 2), "memory")})


def case_one_to_many(tf, contrib):
    cells = {"a": contrib.rnn.GRUCell(3), "b": contrib.rnn.GRUCell(3)}
    inputs = {"a": ids(tf, 2), "b": ids(tf, 3, 1)}
    outputs, states = contrib.legacy_seq2seq.one2many_rnn_seq2seq(
        ids(tf, 3), inputs, contrib.rnn.GRUCell(3), cells, 5, {"a": 5, "b": 6}, 4
    )
    parts = [flat(tf, contrib, outputs[k], states[k]) for k in "ab"]
    return output_and_gradients(tf, tf.concat(parts, 1))


def case_one_to_many_with_feed_previous_in_the_graph(tf, contrib):
    cells = {"a": contrib.rnn.GRUCell(3)}

    def model(fed):
        outputs, states = contrib.legacy_seq2seq.one2many_rnn_seq2seq(
            ids(tf, 3), {"a": ids(tf, 2)}, contrib.rnn.GRUCell(3), cells, 5, {"a": 5}, 4, feed_previous=fed
        )
        return outputs["a"], states["a"]

    return given_and_fed(tf, contrib, model)


def logits_targets_weights(tf, n=3):
    logits = [tf.constant(numbers((2, 5), "logits %d" % i)) for i in range(n)]
    weights = [tf.constant([1.0, float(i < 2)]) for i in range(n)]
    return logits, ids(tf, n), weights


def case_losses(tf, contrib):
    legacy = contrib.legacy_seq2seq
    lists = logits_targets_weights(tf)
    half = lambda labels, logits: 0.5 * tf.reduce_sum(logits, 1) + tf.cast(labels, tf.float32)  # noqa: E731
    fetches = {
        "by example": legacy.sequence_loss_by_example(*lists),
        "sum over steps": legacy.sequence_loss_by_example(*lists, average_across_timesteps=False),
        "own": legacy.sequence_loss_by_example(*lists, softmax_loss_function=half),
        "mean": legacy.sequence_loss(*lists),
        "sum": legacy.sequence_loss(*lists, average_across_timesteps=False, average_across_batch=False),
        "no weight": legacy.sequence_loss(lists[0], lists[1], [tf.zeros([2])] * 3),
    }
    return Run(fetches, also=lambda _: [t.op.name for t in (fetches["mean"], fetches["by example"])])


def case_buckets(tf, contrib):
    legacy = contrib.legacy_seq2seq

    def model(encoder, decoder):
        return legacy.embedding_attention_seq2seq(
            encoder, decoder, contrib.rnn.GRUCell(3), 5, 5, 4, feed_previous=False
        )

    _, targets, weights = logits_targets_weights(tf, 4)
    lists = (ids(tf, 4), ids(tf, 4), targets, weights, [(2, 3), (4, 4)], model)
    outputs, losses = legacy.model_with_buckets(*lists)
    with tf.variable_scope("again"):
        _, by_example = legacy.model_with_buckets(*lists, per_example_loss=True)
    return output_and_gradients(tf, tf.stack(losses), fetches={"by example": by_example, "last": outputs[1][-1]})


def case_names_at_the_private_path(tf, contrib):
    path = contrib.legacy_seq2seq.__name__ + ".python.ops.seq2seq"
    private = importlib.import_module(path)
    embedding = tf.get_variable("e", [4, 2])
    loop = private._extract_argmax_and_embed(embedding, update_embedding=False)
    return Run(
        {"next": loop(tf.constant([[0.0, 1.0, 0.0, 0.5]]), 0), "linear": private.Linear(embedding, 3, True)(embedding)}
    )
