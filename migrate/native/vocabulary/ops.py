"""Functions of tensors: those that both versions share by identity, and those that `vetted` knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rows import Row
from . import vetted
from .signatures import names_of, positional, table

# the same object in both versions, and yet no function from tensors to tensors: state, graphs, queues, decorators
_NOT_PURE = re.compile(
    r"^tf\.(Graph|Module|GradientTape|CriticalSection|AggregationMethod|UnconnectedGradients|VariableSynchronization|RegisterGradient"
    r"|NoGradient|NotDifferentiable|no_gradient|no_op|control_dependencies|init_scope|import_graph_def|parallel_stack|recompute_grad"
    r"|grad_pass_through|nondifferentiable_batch_function|register_tensor_conversion_function|load_library|load_op_library|get_logger"
    r"|(io\.|queue\.)?\w*Queue\w*|autograph\..*|queue\..*|io\.(write_graph|match_filenames_once|decode_proto|encode_proto)"
    r"|debugging\.\w*log_device_placement|random\.experimental\..*|nn\.(compute_average_loss|scale_regularization_loss)"
    r"|data\.experimental\.(\w*(Structure|Spec|Reducer|Options?)|make_saveable_from_iterator|TFRecordWriter|copy_to_device"
    r"|prefetch_to_device|get_\w+|from_variant|to_variant|take_while|ignore_errors))$"
)
# what draws anew at every run
_RANDOM = re.compile(
    r"^tf\.((nn|random)\.\w*candidate_sampler|image\.random_\w+|random_\w+|random\.(?!stateless)\w+|truncated_normal|timestamp)$"
)
# what gives no tensor, but something that Python code handles
_OBJECT = re.compile(
    r"^tf\.(errors\..*|OpError|(dtypes\.)?(DType|as_dtype)|TensorShape|TensorSpec|\w*TypeSpec|\w+Spec|is_tensor|make_ndarray"
    r"|make_tensor_proto|get_static_value|broadcast_static_shape|debugging\.(is_numeric_tensor|assert_proper_iterable"
    r"|assert_same_float_dtype)|is_numeric_tensor|assert_proper_iterable|assert_same_float_dtype|(io\.)?(FixedLen\w*|VarLen|Sparse)Feature"
    r"|io\.(gfile\..*|TFRecord\w+)|required_space_to_batch_paddings|data\.Options)$"
)
_EFFECT = re.compile(r"^tf\.((debugging\.)?Assert|(io\.)?write_file)$")

_DTYPES = (
    "float16 float32 float64 double half bfloat16 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool string complex64"
    " complex128 qint8 qint16 qint32 quint8 quint16 resource variant"
)
SYMBOLS: dict[str, str] = {
    **{f"tf.{home}{name}": f"tf.{name}" for home in ("", "dtypes.") for name in _DTYPES.split()},
    "tf.newaxis": "tf.newaxis",
    "tf.VERSION": "tf.__version__",
    "tf.__version__": "tf.__version__",
    "tf.GIT_VERSION": "tf.version.GIT_VERSION",
    "tf.data.experimental.AUTOTUNE": "tf.data.AUTOTUNE",
    "tf.image.ResizeMethod": "tf.image.ResizeMethod",
}


def kind_of(name: str) -> str:
    """What a call of this function gives; see `Row`."""
    if _OBJECT.match(name):
        return "object"
    if _EFFECT.match(name):
        return "effect"
    return "data" if name.startswith("tf.data.") else "tensor"


def is_random(name: str) -> bool:
    """Whether a function draws anew at every run."""
    return bool(_RANDOM.match(name))


def _identical() -> Iterator[tuple[str, Row]]:
    for name, new in table()["same"].items():
        if _NOT_PURE.match(name):
            continue
        old, target = table()["old"][name], table()["new"][new]
        order = positional(target)
        by_name = {p: p for p in names_of(old) if p not in order}
        yield name, Row(new, names_of(old), order, by_name, random=is_random(name), kind=kind_of(name))


ROWS: dict[str, Row] = {**dict(_identical()), **vetted.ROWS}
