"""Decoders, helpers, losses and beam search of tf.contrib.seq2seq. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients

INPUTS = numbers((3, 4, 2), "decoder inputs")
LENGTHS = [4, 2, 3]
EMBEDDING = numbers((5, 2), "embedding", 1.0)
STARTS = [1, 2, 3]
# steps that run at the same time draw their random numbers in any order, on 1.15 as well
IN_ORDER = {"parallel_iterations": 1}


def dense(tf, units=5, **kwargs):
    return tf.layers.Dense(units, name="projection", **kwargs)


def decode(tf, contrib, helper, layer=True, **kwargs):
    """Outputs, ids, state and lengths of an LSTM with the helper."""
    seq2seq = contrib.seq2seq
    cell = contrib.rnn.BasicLSTMCell(3)
    state = cell.zero_state(helper.batch_size, tf.float32)
    decoder = seq2seq.BasicDecoder(cell, helper, state, dense(tf) if layer else None)
    outputs, state, lengths = seq2seq.dynamic_decode(decoder, **kwargs)
    shapes = [outputs.rnn_output.shape.as_list(), outputs.sample_id.shape.as_list(), state.c.shape.as_list()]
    return output_and_gradients(
        tf,
        outputs.rnn_output,
        fetches={"ids": outputs.sample_id, "state": state, "lengths": lengths},
        also=lambda _: shapes,
    )


def case_training(tf, contrib):
    helper = contrib.seq2seq.TrainingHelper(tf.constant(INPUTS), LENGTHS)
    return decode(tf, contrib, helper, impute_finished=True)


def case_training_time_major(tf, contrib):
    inputs = tf.constant(INPUTS.transpose(1, 0, 2))
    helper = contrib.seq2seq.TrainingHelper(inputs, tf.constant(LENGTHS), time_major=True)
    return decode(tf, contrib, helper, output_time_major=True, swap_memory=True, parallel_iterations=2, scope="mine")


def case_training_stopped_early(tf, contrib):
    helper = contrib.seq2seq.TrainingHelper(tf.constant(INPUTS), LENGTHS)
    return decode(tf, contrib, helper, layer=False, maximum_iterations=tf.constant(3), impute_finished=True)


def case_training_of_no_step(tf, contrib):
    helper = contrib.seq2seq.TrainingHelper(tf.constant(INPUTS), [0, 0, 0])
    return decode(tf, contrib, helper, layer=False)


def case_training_of_unknown_sizes(tf, contrib):
    inputs, lengths = tf.placeholder(tf.float32, [None, None, 2]), tf.placeholder(tf.int32, [None])
    run = decode(tf, contrib, contrib.seq2seq.TrainingHelper(inputs, lengths), impute_finished=True)
    run.feed = {inputs: INPUTS, lengths: LENGTHS}
    return run


def case_greedy(tf, contrib):
    helper = contrib.seq2seq.GreedyEmbeddingHelper(tf.constant(EMBEDDING), STARTS, 4)
    return decode(tf, contrib, helper, maximum_iterations=5)


def case_greedy_with_a_function_that_ends(tf, contrib):
    embed = lambda ids: tf.nn.embedding_lookup(tf.constant(EMBEDDING), ids)  # noqa: E731
    helper = contrib.seq2seq.GreedyEmbeddingHelper(embed, tf.constant(STARTS), tf.constant(2))
    return decode(tf, contrib, helper, maximum_iterations=8, impute_finished=True)


def case_sampled(tf, contrib):
    helper = contrib.seq2seq.SampleEmbeddingHelper(tf.constant(EMBEDDING), STARTS, 4, 0.7, seed=7)
    return decode(tf, contrib, helper, maximum_iterations=6, **IN_ORDER)


def case_scheduled_ids(tf, contrib):
    helper = contrib.seq2seq.ScheduledEmbeddingTrainingHelper(
        tf.constant(INPUTS), LENGTHS, tf.constant(EMBEDDING), 0.5, seed=3, scheduling_seed=4
    )
    return decode(tf, contrib, helper, **IN_ORDER)


def case_scheduled_outputs(tf, contrib):
    helper = contrib.seq2seq.ScheduledOutputTrainingHelper(
        tf.constant(INPUTS), LENGTHS, tf.constant(0.5), seed=5, next_inputs_fn=lambda o: tf.tanh(o[:, :2])
    )
    return decode(tf, contrib, helper, **IN_ORDER)


def case_scheduled_outputs_with_more_inputs(tf, contrib):
    inputs, more = numbers((3, 4, 3), "three"), numbers((3, 4, 1), "more")
    helper = contrib.seq2seq.ScheduledOutputTrainingHelper(inputs, LENGTHS, 0.5, seed=6, auxiliary_inputs=more)
    run = decode(tf, contrib, helper, layer=False, **IN_ORDER)
    function = contrib.seq2seq.ScheduledOutputTrainingHelper(
        inputs, LENGTHS, 0.5, seed=6, auxiliary_inputs=more, next_inputs_fn=lambda o: 2.0 * o, name="twice"
    )
    with tf.variable_scope("twice"):
        run.fetches["twice"] = decode(tf, contrib, function, layer=False, **IN_ORDER).fetches["output"]
    return run


def case_custom_helper(tf, contrib):
    inputs = tf.constant(INPUTS)
    helper = contrib.seq2seq.CustomHelper(
        initialize_fn=lambda: (tf.tile([False], [3]), inputs[:, 0]),
        sample_fn=lambda time, outputs, state: outputs[:, :2],
        next_inputs_fn=lambda time, outputs, state, sample_ids: (
            tf.tile([time >= 2], [3]),
            inputs[:, time] + sample_ids,
            state,
        ),
        sample_ids_shape=[2],
        sample_ids_dtype=tf.float32,
    )
    helper.initialize()
    return decode(tf, contrib, helper)


def case_inference_helper(tf, contrib):
    helper = contrib.seq2seq.InferenceHelper(
        sample_fn=tf.tanh,
        sample_shape=[5],
        sample_dtype=tf.float32,
        start_inputs=tf.zeros([3, 5]),
        end_fn=lambda ids: ids[:, 0] > 0.1,
        next_inputs_fn=lambda ids: 2.0 * ids,
    )
    return decode(tf, contrib, helper, maximum_iterations=4)


def case_losses(tf, contrib):
    logits = tf.get_variable("logits", [3, 4, 5])
    targets = tf.constant(np.arange(12).reshape(3, 4) % 5)
    weights = tf.constant(np.array([[1, 1, 0.5, 0], [1, 0, 0, 0], [0, 0, 0, 0]], np.float32))
    flags = [(False, False, False, False), (True, False, False, False), (False, True, False, False)]
    flags += [(True, True, False, False), (False, False, True, True), (False, False, True, False)]
    flags += [(False, False, False, True), (True, False, False, True), (False, True, True, False)]
    losses = [contrib.seq2seq.sequence_loss(logits, targets, weights, *f) for f in flags]
    own = contrib.seq2seq.sequence_loss(
        logits,
        targets,
        weights,
        softmax_loss_function=lambda labels, logits: logits[:, 0] + tf.cast(labels, tf.float32),
    )
    total = tf.add_n([tf.reduce_sum(loss) for loss in losses])
    return output_and_gradients(tf, total, fetches={"losses": losses, "own": own})


def trees(n):
    """Random parents, ids and lengths, with end tokens in the middle of beams."""
    for i in range(n):
        r = np.random.RandomState(i)
        time, batch, beams = r.randint(1, 7), r.randint(1, 4), r.randint(1, 5)
        parents = r.randint(0, beams, [time, batch, beams])
        ids = r.randint(0, 6, [time, batch, beams])
        yield ids.astype(np.int32), parents.astype(np.int32), r.randint(0, time + 2, [batch]).astype(np.int32)


def case_gather_tree(tf, contrib):
    fetches = {str(i): contrib.seq2seq.gather_tree(*tree, end_token=5) for i, tree in enumerate(trees(30))}
    fed = [tf.placeholder(tf.int32, [None, None, None]), tf.placeholder(tf.int32, [None, None, None])]
    fed.append(tf.placeholder(tf.int32, [None]))
    fetches["fed"] = contrib.seq2seq.gather_tree(*fed, end_token=tf.constant(5))
    shapes = [fetches["0"].shape.as_list(), fetches["fed"].shape.as_list()]
    # a parent past the length of the beams is never looked at
    ids, parents = np.arange(8, dtype=np.int32).reshape(4, 1, 2), np.array([0, 1, 1, 0, 0, 0, -1, 9], np.int32)
    feed = dict(zip(fed, (ids, parents.reshape(4, 1, 2), [3])))
    empty = dict(zip(fed, (ids[:0], ids[:0], [3])))
    run = Run(fetches, feed)
    wrong = dict(zip(fed, (ids, np.full([4, 1, 2], 9, np.int32), [3])))
    run.also = lambda session: [
        shapes,
        session.run(fetches["fed"], empty).shape,
        error_of(session.run, fetches["fed"], wrong),
    ]
    return run


def error_of(function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except Exception as error:
        return type(error).__name__
    return None


def case_gather_tree_from_array(tf, contrib):
    private = importlib.import_module(contrib.seq2seq.__name__ + ".python.ops.beam_search_decoder")
    parents = np.array([[[0, 0, 0], [0, 1, 1]], [[2, 1, 0], [0, 0, 1]], [[1, 2, 0], [1, 1, 2]]], np.int32)
    values = tf.constant(numbers((3, 2, 3, 2), "array"))
    lengths = tf.constant([[3, 2, 1], [3, 3, 2]], tf.int64)
    fed = tf.placeholder(tf.int32, [None, None, None])
    return Run(
        {
            "split": private.gather_tree_from_array(values, tf.constant(parents), lengths),
            "merged": private.gather_tree_from_array(tf.reshape(values, [3, 6, 2]), fed, lengths),
        },
        {fed: parents},
    )


def search(tf, contrib, cell, state, beams=3, decode_with=None, batch=2, starts=None, embedding=None, **kwargs):
    """A beam search with fixed numbers of the projection, so that no two beams are equal."""
    seq2seq = contrib.seq2seq
    decoder = seq2seq.BeamSearchDecoder(
        cell=cell,
        embedding=tf.constant(EMBEDDING) if embedding is None else embedding,
        start_tokens=tf.constant(STARTS[:batch]) if starts is None else starts,
        end_token=4,
        initial_state=state,
        beam_width=beams,
        output_layer=dense(tf),
        **kwargs,
    )
    outputs, state, lengths = seq2seq.dynamic_decode(decoder, maximum_iterations=6, **(decode_with or {}))
    steps = outputs.beam_search_decoder_output
    fetches = {
        "ids": outputs.predicted_ids,
        "steps": [steps.scores, steps.predicted_ids, steps.parent_ids],
        "log_probs": state.log_probs,
        "finished": state.finished,
        "lengths": [state.lengths, lengths],
        "coverage": [state.accumulated_attention_probs],
    }
    shapes = [t.shape.as_list() for t in (outputs.predicted_ids, state.log_probs, steps.scores, state.lengths)]
    return Run(fetches, also=lambda _: shapes), state


def case_beam_search(tf, contrib):
    cell = contrib.rnn.MultiRNNCell([contrib.rnn.BasicLSTMCell(3), contrib.rnn.GRUCell(3)])
    start = contrib.seq2seq.tile_batch(
        (
            contrib.rnn.LSTMStateTuple(*[tf.constant(numbers((2, 3), n)) for n in "ch"]),
            tf.constant(numbers((2, 3), "g")),
        ),
        3,
    )
    run, state = search(tf, contrib, cell, start)
    run.fetches["cells"] = contrib.framework.nest.flatten(state.cell_state)
    return run


def case_beam_search_with_length_penalty(tf, contrib):
    cell = contrib.rnn.GRUCell(3)
    batch = tf.placeholder_with_default([1, 2], [None])
    state = cell.zero_state(tf.size(batch) * 2, tf.float32)
    embed = lambda ids: tf.nn.embedding_lookup(tf.constant(EMBEDDING), ids)  # noqa: E731
    options = {"length_penalty_weight": 0.8, "decode_with": {"output_time_major": True}}
    return search(tf, contrib, cell, state, beams=2, starts=batch, embedding=embed, **options)[0]


def attentive(tf, contrib, beams, history, batch=2, fed=False, mechanisms=1, **kwargs):
    """A cell with attention, and its state, for a beam search."""
    seq2seq = contrib.seq2seq
    memory, lengths = tf.constant(numbers((batch, 4, 3), "memory", 1.0)), tf.constant([4, 2])
    if fed:
        memory = tf.placeholder_with_default(memory, [None, None, 3])
        lengths = tf.placeholder_with_default(lengths, [None])
    tiled, tiled_lengths = seq2seq.tile_batch(memory, beams), seq2seq.tile_batch(lengths, beams)
    made = [
        seq2seq.LuongAttention(3, tiled, tiled_lengths),
        seq2seq.BahdanauAttention(2, tiled, tiled_lengths),
    ][:mechanisms]
    sizes = [4, 2][:mechanisms]
    cell = seq2seq.AttentionWrapper(
        contrib.rnn.BasicLSTMCell(3),
        made if mechanisms > 1 else made[0],
        sizes if mechanisms > 1 else sizes[0],
        alignment_history=history,
        **kwargs,
    )
    size = tf.shape(tiled)[0] if fed else batch * beams
    state = cell.zero_state(size, tf.float32)
    encoded = contrib.rnn.LSTMStateTuple(*[tf.constant(numbers((batch, 3), "encoder " + n)) for n in "ch"])
    return cell, state.clone(cell_state=seq2seq.tile_batch(encoded, beams)), tf.shape(memory)[0]


def case_beam_search_with_attention(tf, contrib):
    cell, state, _ = attentive(tf, contrib, 3, history=False)
    options = {"length_penalty_weight": 0.6, "coverage_penalty_weight": 0.4}
    return search(tf, contrib, cell, state, **options)[0]


def case_beam_search_with_sorted_alignments(tf, contrib):
    cell, state, batch = attentive(tf, contrib, 3, history=True, fed=True)
    starts = tf.fill([batch], 1)
    run, state = search(tf, contrib, cell, state, starts=starts, coverage_penalty_weight=0.3)
    run.fetches["alignments"] = state.cell_state.alignment_history
    return run


def case_beam_search_with_alignments_as_they_are(tf, contrib):
    cell, state, _ = attentive(tf, contrib, 2, history=True, mechanisms=2)
    options = {"reorder_tensor_arrays": False, "coverage_penalty_weight": 0.2}
    run, state = search(tf, contrib, cell, state, beams=2, **options)
    run.fetches["alignments"] = [a.stack() for a in state.cell_state.alignment_history]
    return run


def case_beam_search_with_alignments_of_known_sizes(tf, contrib):
    cell, state, _ = attentive(tf, contrib, 2, history=True)
    run, state = search(tf, contrib, cell, state, beams=2)
    history = state.cell_state.alignment_history
    run.fetches["alignments"] = history.stack()
    return run


def case_tile_batch(tf, contrib):
    fed = tf.placeholder(tf.int32, [None, 2])
    tiled = contrib.seq2seq.tile_batch((tf.constant(STARTS), {"a": fed}), 2)
    shapes = [tiled[0].shape.as_list(), tiled[1]["a"].shape.as_list()]
    return Run({"tiled": [tiled[0], tiled[1]["a"]]}, {fed: [[1, 2], [3, 4]]}, also=lambda _: shapes)


def case_names_at_private_paths(tf, contrib):
    ops = contrib.seq2seq.__name__ + ".python.ops."
    names = {
        "attention_wrapper": "_BaseAttentionMechanism _compute_attention _maybe_mask_score _prepare_memory _bahdanau_score "
        "_luong_score _monotonic_probability_fn _zero_state_tensors",
        "basic_decoder": "BasicDecoder BasicDecoderOutput",
        "beam_search_decoder": "_beam_search_step _get_scores _length_penalty _mask_probs _tensor_gather_helper _tile_batch",
        "beam_search_ops": "gather_tree",
        "decoder": "Decoder _create_zero_outputs _transpose_batch_time dynamic_decode",
        "helper": "_unstack_ta _call_sampler bernoulli_sample categorical_sample TrainingHelper",
        "loss": "sequence_loss",
    }
    found = {m: [n for n in text.split() if hasattr(importlib.import_module(ops + m), n)] for m, text in names.items()}
    return Run({"nothing": tf.no_op()}, also=lambda _: found)


def case_sampling(tf, contrib):
    helper = importlib.import_module(contrib.seq2seq.__name__ + ".python.ops.helper")
    logits = tf.constant(numbers((2, 3, 4), "logits", 1.0))
    return Run(
        {
            "categorical": helper.categorical_sample(logits, sample_shape=[2, 2], seed=1),
            "of doubles": helper.categorical_sample(tf.cast(logits[0], tf.float64), seed=2),
            "bernoulli": helper.bernoulli_sample(logits=logits, sample_shape=3, dtype=tf.bool, seed=3),
            "of probabilities": helper.bernoulli_sample(probs=[0.2, 0.8], seed=4),
        },
        steps=2,
    )


def case_errors(tf, contrib):
    seq2seq, rnn = contrib.seq2seq, contrib.rnn
    cell, memory = rnn.GRUCell(3), tf.constant(numbers((2, 4, 3), "memory"))
    state, helper = cell.zero_state(3, tf.float32), seq2seq.TrainingHelper(tf.constant(INPUTS), LENGTHS)
    luong = seq2seq.LuongAttention(3, memory)
    logits, ids, ones = tf.zeros([2, 3, 4]), tf.zeros([2, 3], tf.int32), tf.ones([2, 3])
    decoder, wrapper = seq2seq.BasicDecoder(cell, helper, state), seq2seq.AttentionWrapper
    beam = lambda **k: seq2seq.BeamSearchDecoder(  # noqa: E731
        cell,
        tf.constant(EMBEDDING),
        k.get("starts", [1]),
        k.get("end", 4),
        cell.zero_state(2, tf.float32),
        2,
        k.get("layer"),
    )
    attempts = [
        (seq2seq.dynamic_decode, cell),
        (seq2seq.dynamic_decode, decoder, False, False, [1]),
        (seq2seq.BasicDecoder, 3, helper, state),
        (seq2seq.BasicDecoder, cell, 3, state),
        (seq2seq.BasicDecoder, cell, helper, state, 3),
        (seq2seq.TrainingHelper, tf.constant(INPUTS), 3),
        (seq2seq.GreedyEmbeddingHelper, tf.constant(EMBEDDING), 3, 4),
        (seq2seq.GreedyEmbeddingHelper, tf.constant(EMBEDDING), [3], [4]),
        (seq2seq.ScheduledOutputTrainingHelper, tf.constant(INPUTS), LENGTHS, [[0.5]]),
        (seq2seq.ScheduledEmbeddingTrainingHelper, tf.constant(INPUTS), LENGTHS, EMBEDDING, [[0.5]]),
        (seq2seq.sequence_loss, ids, ids, ones),
        (seq2seq.sequence_loss, logits, logits, ones),
        (seq2seq.sequence_loss, logits, ids, logits),
        (seq2seq.sequence_loss, logits, ids, ones, True, False, True),
        (seq2seq.sequence_loss, logits, ids, ones, False, True, False, True),
        (seq2seq.BahdanauAttention, 3, tf.placeholder(tf.float32, [2, 4, None])),
        (seq2seq.LuongAttention(2, memory), tf.zeros([2, 3]), tf.zeros([2, 4])),
        (seq2seq.monotonic_attention, ones, ones, "sideways"),
        (wrapper, 3, luong),
        (wrapper, cell, 3),
        (wrapper, cell, [luong, 3]),
        (wrapper, cell, luong, None, False, 3),
        (wrapper, cell, [luong, luong], [3]),
        (wrapper, cell, luong, 3, False, None, True, None, None, tf.layers.Dense(3)),
        (wrapper, cell, [luong, luong], None, False, None, True, None, None, [tf.layers.Dense(3)]),
        (wrapper(cell, luong).zero_state, 3, tf.float32),
        (wrapper(cell, luong), tf.zeros([2, 1]), tf.zeros([2, 3])),
        (wrapper(cell, luong).zero_state(2, tf.float32).clone, tf.zeros([3, 3])),
        (beam(starts=[2]).initialize, "too", "many"),
        (lambda: beam(starts=3),),
        (lambda: beam(end=[4]),),
        (lambda: beam(layer=3),),
        (seq2seq.tile_batch, tf.constant(1), 2),
        (seq2seq.CustomHelper(None, None, None).__class__.batch_size.fget, seq2seq.CustomHelper(None, None, None)),
        (seq2seq.gather_tree, [[1]], [[1]], [1], 1),
        (seq2seq.gather_tree, ids, ids, [1], 1),
    ]
    found = [error_of(*attempt) for attempt in attempts]
    return Run({"nothing": tf.no_op()}, also=lambda _: found)


def case_layers_and_cells_of_private_paths(tf, contrib):
    """Programs have their layers and cells from there as often as from tf.layers and tf.nn."""
    layers, cells = (importlib.import_module("tensorflow.python." + m) for m in ("layers.core", "ops.rnn_cell"))
    seq2seq = contrib.seq2seq
    mechanism = seq2seq.LuongAttention(3, tf.constant(numbers((3, 4, 3), "memory", 1.0)), LENGTHS)
    stack = cells.MultiRNNCell([cells.GRUCell(3), cells.DropoutWrapper(cells.BasicLSTMCell(3), output_keep_prob=1.0)])
    cell = seq2seq.AttentionWrapper(stack, mechanism, 3)
    helper = seq2seq.TrainingHelper(tf.constant(INPUTS), LENGTHS)
    layer = layers.Dense(5, use_bias=False, name="projection")
    decoder = seq2seq.BasicDecoder(cell, helper, cell.zero_state(3, tf.float32), layer)
    outputs, state, _ = seq2seq.dynamic_decode(decoder)
    steps = [tf.constant(INPUTS[:, i]) for i in range(2)]
    fetches = {"legacy": contrib.legacy_seq2seq.basic_rnn_seq2seq(steps, steps, cells.GRUCell(3))[0]}
    return output_and_gradients(tf, outputs.rnn_output, fetches={"alignments": state.alignments, **fetches})
