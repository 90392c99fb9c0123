"""Recurrent cells and the functions that run them; what they become is in `recurrent`."""

from __future__ import annotations

from ..rows import Row

_JOINED = {"state_is_tuple": "the two states of the cell are joined to one tensor"}
_FLOATS = {"dtype": "the cell computes with another type than float32"}
_HARMLESS = {"state_is_tuple": ("True",), "dtype": ("tf.float32", "None")}
_NOT_LIFTED = {
    "use_peepholes": ("the cell has peepholes", ("False",)),
    "cell_clip": ("the state of the cell is clipped", ("None",)),
    "num_proj": ("the cell has a projection", ("None",)),
    "proj_clip": ("the cell has a projection", ("None",)),
    "num_unit_shards": ("the kernel lies in several parts", ("None", "1")),
    "num_proj_shards": ("the kernel lies in several parts", ("None", "1")),
    "bias_initializer": ("the biases of the cell start from something else", ("None",)),
}


def _cell(new: str, old: tuple[str, ...], order: tuple[str, ...]) -> Row:
    """A cell whose first parameter is the number of its units."""
    return Row(
        new,
        old,
        order,
        {"kernel_initializer": "initializer"} if "kernel_initializer" in old else {},
        refused={**_JOINED, **_FLOATS, **{name: why for name, (why, _) in _NOT_LIFTED.items() if name in old}},
        harmless={**_HARMLESS, **{name: texts for name, (_, texts) in _NOT_LIFTED.items() if name in old}},
        dropped=frozenset({"reuse", "name"}),
        kind="cell",
    )


_LSTM = ("num_units", "forget_bias", "activation", "initializer")
_OTHER = ("num_units", "activation", "initializer")
_CELLS = {
    "BasicLSTMCell": _cell(
        "LSTMCell", ("num_units", "forget_bias", "state_is_tuple", "activation", "reuse", "name", "dtype"), _LSTM
    ),
    "LSTMCell": _cell(
        "LSTMCell",
        (
            *("num_units", "use_peepholes", "cell_clip", "initializer", "num_proj", "proj_clip", "num_unit_shards"),
            *("num_proj_shards", "forget_bias", "state_is_tuple", "activation", "reuse", "name", "dtype"),
        ),
        _LSTM,
    ),
    "GRUCell": _cell(
        "GRUCell",
        ("num_units", "activation", "reuse", "kernel_initializer", "bias_initializer", "name", "dtype"),
        _OTHER,
    ),
    "BasicRNNCell": _cell("BasicRNNCell", ("num_units", "activation", "reuse", "name", "dtype"), _OTHER),
    "MultiRNNCell": Row(
        "MultiRNNCell", ("cells", "state_is_tuple"), ("cells",), refused=_JOINED, harmless=_HARMLESS, kind="cell"
    ),
    "DropoutWrapper": Row(
        "DropoutWrapper",
        (
            *("cell", "input_keep_prob", "output_keep_prob", "state_keep_prob", "variational_recurrent", "input_size"),
            *("dtype", "seed", "dropout_state_filter_visitor"),
        ),
        ("cell", "input_keep_prob", "output_keep_prob"),
        dropped=frozenset({"seed", "input_size", "dtype"}),
        refused={
            "state_keep_prob": "the state of the cell is dropped at random",
            "variational_recurrent": "the same is dropped at every step",
        },
        harmless={"state_keep_prob": ("1.0", "1"), "variational_recurrent": ("False",)},
        kind="cell",
    ),
}

_UNUSED = frozenset({"dtype", "parallel_iterations", "swap_memory", "scope"})
_SEQUENCE = ("inputs", "sequence_length")
_STATES = ("initial_state_fw", "initial_state_bw")
_LOOP = ("parallel_iterations", "swap_memory", "time_major", "scope")
_NO_LENGTHS = {"sequence_length": "sequences of several lengths are read in both directions, as lists"}

_DYNAMIC = Row(
    "dynamic_rnn",
    ("cell", *_SEQUENCE, "initial_state", "dtype", *_LOOP),
    ("cell", *_SEQUENCE, "initial_state"),
    dropped=_UNUSED | {"time_major"},
    kind="rnn",
)
TIME_MAJOR = Row("time_major_rnn", _DYNAMIC.old, _DYNAMIC.order, dropped=_DYNAMIC.dropped, kind="rnn")
_RUNS = {
    "dynamic_rnn": _DYNAMIC,
    "bidirectional_dynamic_rnn": Row(
        "bidirectional_dynamic_rnn",
        ("cell_fw", "cell_bw", *_SEQUENCE, *_STATES, "dtype", *_LOOP),
        ("cell_fw", "cell_bw", *_SEQUENCE, *_STATES),
        dropped=_UNUSED,
        refused={"time_major": "time comes first"},
        harmless={"time_major": ("False",)},
        kind="rnn",
    ),
    "static_rnn": Row(
        "static_rnn",
        ("cell", "inputs", "initial_state", "dtype", "sequence_length", "scope"),
        ("cell", "inputs", "initial_state", "sequence_length"),
        dropped=_UNUSED,
        kind="rnn",
    ),
    "static_bidirectional_rnn": Row(
        "static_bidirectional_rnn",
        ("cell_fw", "cell_bw", "inputs", *_STATES, "dtype", "sequence_length", "scope"),
        ("cell_fw", "cell_bw", "inputs", *_STATES),
        dropped=_UNUSED,
        refused=_NO_LENGTHS,
        harmless={"sequence_length": ("None",)},
        kind="rnn",
    ),
}

CELLS: dict[str, Row] = {
    f"tf.{home}.{name}": row for home in ("nn.rnn_cell", "contrib.rnn") for name, row in _CELLS.items()
}
RUNS: dict[str, Row] = {f"tf.{home}.{name}": row for home in ("nn", "contrib.rnn") for name, row in _RUNS.items()}
