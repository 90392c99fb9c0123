"""Attention mechanisms and the wrapper of tf.contrib.seq2seq. Runs on Python 3.7 as well."""

from tests.compat.harness import Run, numbers, output_and_gradients

MEMORY = numbers((3, 4, 3), "memory", 1.0)
MEMORY_LENGTHS = [4, 1, 3]
INPUTS = numbers((3, 3, 2), "inputs", 1.0)


def attend(tf, contrib, mechanism, cell=None, layer=True, feed=None, impute=True, **kwargs):
    """Outputs, alignments and gradients of a decoder whose cell attends with the mechanism."""
    seq2seq = contrib.seq2seq
    cell = seq2seq.AttentionWrapper(cell or contrib.rnn.BasicLSTMCell(3), mechanism, **kwargs)
    state = cell.zero_state(3, tf.float32)
    helper = seq2seq.TrainingHelper(tf.constant(INPUTS), [3, 2, 3])
    output_layer = tf.layers.Dense(4, use_bias=False, name="out") if layer else None
    decoder = seq2seq.BasicDecoder(cell, helper, state, output_layer)
    outputs, state, _ = seq2seq.dynamic_decode(decoder, impute_finished=impute)
    rest = {"attention": state.attention, "alignments": [state.alignments], "time": state.time}
    rest["cell"] = contrib.framework.nest.flatten(state.cell_state)
    if kwargs.get("alignment_history"):
        several = isinstance(mechanism, list)
        rest["history"] = [h.stack() for h in (state.alignment_history if several else [state.alignment_history])]
    sizes = [cell.output_size, str(cell.state_size.attention), outputs.rnn_output.shape.as_list()]
    return output_and_gradients(tf, outputs.rnn_output, feed, fetches=rest, also=lambda _: sizes)


def memory(tf):
    """A memory that gradients flow to."""
    return tf.tanh(tf.constant(MEMORY) + tf.get_variable("of_memory", [3]))


def case_bahdanau(tf, contrib):
    mechanism = contrib.seq2seq.BahdanauAttention(4, memory(tf), MEMORY_LENGTHS)
    return attend(tf, contrib, mechanism, output_attention=False)


def case_bahdanau_normalized(tf, contrib):
    mechanism = contrib.seq2seq.BahdanauAttention(4, memory(tf), normalize=True, name="mine")
    return attend(tf, contrib, mechanism, attention_layer_size=2, name="wrapper")


def case_bahdanau_with_own_functions(tf, contrib):
    mechanism = contrib.seq2seq.BahdanauAttention(
        4,
        memory(tf),
        tf.constant(MEMORY_LENGTHS),
        probability_fn=tf.sigmoid,
        score_mask_value=-3.0,
        custom_key_value_fn=lambda keys, values: (keys * 2.0, values + 1.0),
    )
    return attend(tf, contrib, mechanism)


def case_luong(tf, contrib):
    return attend(tf, contrib, contrib.seq2seq.LuongAttention(3, memory(tf), MEMORY_LENGTHS), alignment_history=True)


def case_luong_scaled(tf, contrib):
    mechanism = contrib.seq2seq.LuongAttention(3, memory(tf), scale=True)
    return attend(tf, contrib, mechanism, contrib.rnn.GRUCell(3), attention_layer_size=5, layer=False)


def case_luong_with_hardmax(tf, contrib):
    mechanism = contrib.seq2seq.LuongAttention(3, memory(tf), MEMORY_LENGTHS, probability_fn=contrib.seq2seq.hardmax)
    return attend(tf, contrib, mechanism, attention_layer_size=2, impute=False)


def case_luong_in_double_precision(tf, contrib):
    seq2seq = contrib.seq2seq
    mechanism = seq2seq.LuongAttention(3, tf.cast(memory(tf), tf.float64), MEMORY_LENGTHS, scale=True, dtype=tf.float64)
    cell = seq2seq.AttentionWrapper(contrib.rnn.GRUCell(3, dtype=tf.float64), mechanism, 2, dtype=tf.float64)
    output, state = cell(tf.constant(INPUTS[:, 0], tf.float64), cell.zero_state(3, tf.float64))
    return output_and_gradients(tf, output, fetches={"alignments": state.alignments})


def monotonic(kind, mode, units=3, **kwargs):
    def case(tf, contrib):
        mechanism = getattr(contrib.seq2seq, kind)(
            units, memory(tf), MEMORY_LENGTHS, score_bias_init=-0.5, mode=mode, **kwargs
        )
        return attend(tf, contrib, mechanism, attention_layer_size=3, alignment_history=True)

    return case


case_bahdanau_monotonic = monotonic("BahdanauMonotonicAttention", "parallel")
case_bahdanau_monotonic_recursive = monotonic("BahdanauMonotonicAttention", "recursive", 4, normalize=True)
case_bahdanau_monotonic_hard = monotonic("BahdanauMonotonicAttention", "hard", score_mask_value=-1.0)
case_luong_monotonic = monotonic("LuongMonotonicAttention", "parallel", scale=True)
case_luong_monotonic_recursive = monotonic("LuongMonotonicAttention", "recursive")
case_luong_monotonic_hard = monotonic("LuongMonotonicAttention", "hard")


def case_monotonic_with_noise(tf, contrib):
    mechanism = contrib.seq2seq.LuongMonotonicAttention(
        3, memory(tf), sigmoid_noise=0.7, sigmoid_noise_seed=11, mode="recursive"
    )
    cell = contrib.seq2seq.AttentionWrapper(contrib.rnn.GRUCell(3), mechanism)
    output, state = cell(tf.constant(INPUTS[:, 0]), cell.zero_state(3, tf.float32))
    return output_and_gradients(tf, output, fetches={"alignments": state.alignments})


def case_several_mechanisms(tf, contrib):
    seq2seq = contrib.seq2seq
    other = tf.constant(numbers((3, 2, 2), "other memory", 1.0))
    mechanisms = [seq2seq.BahdanauAttention(4, memory(tf), MEMORY_LENGTHS), seq2seq.LuongAttention(3, other)]
    return attend(tf, contrib, mechanisms, attention_layer_size=[2, 3], alignment_history=True, layer=False)


def case_several_mechanisms_without_layers(tf, contrib):
    seq2seq = contrib.seq2seq
    mechanisms = [seq2seq.LuongAttention(3, memory(tf)), seq2seq.LuongMonotonicAttention(3, memory_again(tf))]
    return attend(tf, contrib, mechanisms)


def memory_again(tf):
    with tf.variable_scope("again"):
        return memory(tf)


def case_own_layer_and_input(tf, contrib):
    mechanism = contrib.seq2seq.LuongAttention(3, memory(tf), MEMORY_LENGTHS)
    return attend(
        tf,
        contrib,
        mechanism,
        attention_layer=tf.layers.Dense(2, activation=tf.tanh, name="mine"),
        cell_input_fn=lambda inputs, attention: inputs * attention,
        initial_cell_state=contrib.rnn.LSTMStateTuple(
            *[tf.constant(numbers((3, 3), "initial " + name)) for name in "ch"]
        ),
    )


def case_own_attention_function(tf, contrib):
    def attention(mechanism, cell_output, attention_state, attention_layer):
        alignments, state = mechanism(cell_output, state=attention_state)
        context = tf.reduce_sum(tf.expand_dims(alignments, 2) * mechanism.values, 1)
        return attention_layer(context), alignments, state

    mechanism = contrib.seq2seq.BahdanauAttention(2, memory(tf))
    return attend(tf, contrib, mechanism, attention_layer_size=2, attention_fn=attention)


def case_top_of_a_stack_in_dynamic_rnn(tf, contrib):
    rnn = contrib.rnn
    mechanism = contrib.seq2seq.BahdanauAttention(2, memory(tf), MEMORY_LENGTHS)
    top = contrib.seq2seq.AttentionWrapper(rnn.GRUCell(3), mechanism, 2, output_attention=False)
    cell = rnn.MultiRNNCell([rnn.GRUCell(2), top])
    outputs, state = tf.nn.dynamic_rnn(cell, tf.constant(INPUTS), sequence_length=[3, 2, 1], dtype=tf.float32)
    return output_and_gradients(tf, outputs, fetches={"attention": state[1].attention, "time": state[1].time})


def case_memory_of_unknown_sizes(tf, contrib):
    fed, lengths = tf.placeholder(tf.float32, [None, None, 3]), tf.placeholder(tf.int32, [None])
    mechanism = contrib.seq2seq.LuongAttention(3, fed, lengths)
    feed = {fed: MEMORY, lengths: MEMORY_LENGTHS}
    return attend(tf, contrib, mechanism, feed=feed, attention_layer_size=2, alignment_history=True)


def case_a_mechanism_of_ones_own(tf, contrib):
    class Dot(contrib.seq2seq.BahdanauAttention):
        def __call__(self, query, state):
            with tf.variable_scope(None, "dot", [query]):
                score = tf.reduce_sum(self.keys * tf.expand_dims(self.query_layer(query), 1), 2) + 0.1 * state
            alignments = self._probability_fn(score, state)
            return alignments, state + alignments

    return attend(tf, contrib, Dot(4, memory(tf), MEMORY_LENGTHS))


def case_initial_values(tf, contrib):
    seq2seq = contrib.seq2seq
    attend(
        tf, contrib, seq2seq.BahdanauMonotonicAttention(4, tf.constant(MEMORY), normalize=True, score_bias_init=-2.0)
    )
    with tf.variable_scope("luong"):
        attend(tf, contrib, seq2seq.LuongAttention(3, tf.constant(MEMORY), scale=True))
    wanted = ("attention_g", "attention_b", "attention_score_bias")
    return Run({v.op.name: v for v in tf.trainable_variables() if v.op.name.endswith(wanted)}, keep=True)


def case_state_of_a_mechanism(tf, contrib):
    plain = contrib.seq2seq.LuongAttention(3, memory(tf))
    first = contrib.seq2seq.LuongMonotonicAttention(3, memory_again(tf))
    fetches = {
        "plain": [plain.initial_alignments(3, tf.float32), plain.initial_state(3, tf.float32)],
        "monotonic": first.initial_state(3, tf.float32),
        "keys": plain.keys,
        "values": plain.values,
    }
    facts = [plain.batch_size, plain.alignments_size, plain.state_size, plain.query_layer, plain.memory_layer.name]
    return Run(fetches, also=lambda _: facts)


def case_functions(tf, contrib):
    seq2seq = contrib.seq2seq
    score = tf.get_variable("score", [3, 4])
    chosen, previous = tf.sigmoid(score), tf.nn.softmax(tf.constant(numbers((3, 4), "previous", 1.0)))
    hard = tf.cast(score > 0, tf.float32)
    fetches = {m: seq2seq.monotonic_attention(chosen, previous, m) for m in ("recursive", "parallel")}
    fetches["hard"] = seq2seq.monotonic_attention(hard, tf.one_hot([0, 1, 3], 4), "hard")
    fetches["cumprod"] = seq2seq.safe_cumprod(tf.constant([[0.5, 0.0, 0.25, 1.0]]), axis=1, reverse=True)
    fetches["hardmax"] = seq2seq.hardmax(score)
    fed = tf.placeholder(tf.float32, [None, None])
    fetches["fed"] = seq2seq.hardmax(fed)
    return output_and_gradients(
        tf, fetches["recursive"] + fetches["parallel"], {fed: numbers((2, 3), "fed")}, fetches=fetches
    )


def case_clone(tf, contrib):
    cell = contrib.seq2seq.AttentionWrapper(contrib.rnn.GRUCell(3), contrib.seq2seq.LuongAttention(3, memory(tf)))
    state = cell.zero_state(3, tf.float32)
    fed = tf.placeholder_with_default(tf.constant(numbers((3, 3), "fed")), [None, None])
    cloned = state.clone(cell_state=fed, time=tf.constant(4))
    shapes = [cloned.cell_state.shape.as_list(), cloned.alignment_history, type(cloned).__name__]
    return Run({"cell": cloned.cell_state, "time": cloned.time}, also=lambda _: shapes)
