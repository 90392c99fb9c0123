"""Ops that TF.js lacks, or has wrong, and what is built in their place. What ONNX lacks too is in tf2kit.export.lower."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

import tensorflow as tf

from tf2kit.export import lower
from tf2kit.export.lower.bodies import Node
from tf2kit.export.lower.einsum import einsum
from tf2kit.export.lower.ragged import ragged_to_tensor

from . import wasm

Tensors = Sequence[tf.Tensor]


def grouped_convolution(node: Node, inputs: Tensors) -> Tensors | None:
    """A convolution for each group; TF.js takes a group's weights for those of all channels."""
    x, weights = inputs
    groups = (x.shape[-1] or 0) // weights.shape[2] if weights.shape[2] else 1
    if groups <= 1 or node.attr["data_format"].s == b"NCHW":
        return None
    padding = node.attr["padding"].s.decode()
    explicit = list(node.attr["explicit_paddings"].list.i)
    made = [
        tf.raw_ops.Conv2D(
            input=part,
            filter=kernel,
            strides=list(node.attr["strides"].list.i),
            padding=padding,
            explicit_paddings=explicit,
            dilations=list(node.attr["dilations"].list.i) or [1, 1, 1, 1],
        )
        for part, kernel in zip(tf.split(x, groups, -1), tf.split(weights, groups, -1), strict=True)
    ]
    return [tf.concat(made, -1)]


def batch_normalization(node: Node, inputs: Tensors) -> Tensors | None:
    """Inference as a scale and an offset, which `fuse` puts into the weights before it."""
    training = "is_training" not in node.attr or node.attr["is_training"].b
    if training or node.attr["data_format"].s == b"NCHW":
        return None
    x, scale, offset, mean, variance = inputs
    factor = scale * tf.math.rsqrt(variance + (node.attr["epsilon"].f if "epsilon" in node.attr else 1e-4))
    return [x * factor + (offset - mean * factor), mean, variance, mean, variance, mean][
        : 6 if node.op.endswith("V3") else 5
    ]


def lower_case(node: Node, inputs: Tensors) -> Tensors | None:
    """ASCII letters only, which is what TensorFlow does with bytes."""
    if node.attr["encoding"].s:
        return None
    text = inputs[0]
    for letter in string.ascii_lowercase:
        text = tf.raw_ops.StaticRegexReplace(input=text, pattern=_caseless(letter.upper()), rewrite=letter)
    return [text]


def strip(_: Node, inputs: Tensors) -> Tensors:
    """White space at both ends."""
    return [tf.raw_ops.StaticRegexReplace(input=inputs[0], pattern=r"^\s+|\s+$", rewrite="")]


def split(node: Node, inputs: Tensors) -> Tensors | None:
    """At white space. TF.js splits at each character of the separator, and gives nothing for an empty text."""
    separator = tf.get_static_value(inputs[1])
    if separator != b"" or ("maxsplit" in node.attr and node.attr["maxsplit"].i != -1):
        return None
    return list(tf.raw_ops.StringSplit(input=inputs[0], delimiter=" \t\n\r\v\f", skip_empty=True))


_POSIX = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "digit": "0-9", "lower": "a-z", "upper": "A-Z", "space": r"\s", "word": r"\w",
    "punct": r"!-\/:-@\[-`{-~", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_COMPLEMENTS = {r"\S": r"[^\s]", r"\W": r"[^\w]", r"\D": r"[^\d]"}


def regex(node: Node, inputs: Tensors) -> Tensors | None:
    r"""From the notation of RE2 to that of JavaScript: classes such as ``[:alpha:]``, and ``\1`` in the replacement.

    Raises:
      LoweringError: letters that TF.js 4.22 would change, for it writes the attributes of this op in lower case.
    """
    pattern, rewrite = node.attr["pattern"].s.decode(), node.attr["rewrite"].s.decode()
    wanted = _caseless(re.sub(r"\[:(\w+):\]", lambda m: _POSIX.get(m[1], m[0]), pattern))
    filled = re.sub(r"\\(\d)", lambda m: "$&" if m[1] == "0" else f"${m[1]}", rewrite.replace("$", "$$"))
    if wanted.lower() != wanted or filled.lower() != filled or "(?" in wanted.replace("(?:", ""):
        message = f"TF.js would read the regular expression {pattern!r} → {rewrite!r} in lower case, or cannot read it at all."
        raise lower.LoweringError(message, node.op, node.name)
    everywhere = node.attr["replace_global"].b if "replace_global" in node.attr else True
    return [tf.raw_ops.StaticRegexReplace(input=inputs[0], pattern=wanted, rewrite=filled, replace_global=everywhere)]


def _caseless(pattern: str) -> str:
    r"""The pattern without capital letters: ``A`` as ``\x41``, and ``\S`` as ``[^\s]``."""
    for short, long in _COMPLEMENTS.items():
        pattern = pattern.replace(short, long)
    return re.sub(r"(?<!\\)[A-Z]", lambda m: f"\\x{ord(m[0]):x}", pattern)


RULES: dict[str, lower.Rule] = {
    **lower.COMMON,
    **wasm.RULES,
    "Einsum": einsum,
    "Conv2D": grouped_convolution,
    "FusedBatchNorm": batch_normalization,
    "FusedBatchNormV2": batch_normalization,
    "FusedBatchNormV3": batch_normalization,
    "StringLower": lower_case,
    "StringStrip": strip,
    "StringSplitV2": split,
    "StaticRegexReplace": regex,
    "RaggedTensorToTensor": ragged_to_tensor,
}  # fmt: skip
