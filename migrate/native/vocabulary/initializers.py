"""Initializers, regularizers and constraints of TensorFlow 1.15, and what draws the same distribution in TensorFlow 2.

``tf.random_normal_initializer`` and its like exist in TensorFlow 2 as well and, as in 1.15, draw anew at each call; an initializer of
Keras gives every variable of one shape the same numbers (see ``draws_once``).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import replace

from ..refusal import Refusal
from ..rows import Row

_KERAS = "tf.keras.initializers."
_FLOAT = {"dtype": "an initializer of another type than float32"}
_FLOAT_TEXTS = {"dtype": ("tf.float32", "tf.dtypes.float32", "None", "'float32'")}

# contrib truncates at two deviations and allows for it with 1.3; Keras with 1 / 0.87962566 ** 2
_TRUNCATED = 1.3 * 0.87962566103423978**2


def _object(
    new: str,
    old: tuple[str, ...],
    order: tuple[str, ...],
    added: Mapping[str, str] | None = None,
    renamed: Mapping[str, str] | None = None,
    convert: Mapping[str, str] | None = None,
    dropped: tuple[str, ...] = (),
) -> Row:
    return Row(
        new,
        old,
        order,
        renamed or {},
        added or {},
        frozenset(dropped),
        _FLOAT if "dtype" in old else {},
        _FLOAT_TEXTS if "dtype" in old else {},
        convert or {},
        kind="object",
    )


_NORMAL = ("mean", "stddev", "seed")
_UNIFORM = ("minval", "maxval", "seed")
_SCALING = ("scale", "mode", "distribution", "seed")
_TYPED = ("dtype",)

# names below tf.initializers and, with _initializer, below tf
_BOTH = {
    "zeros": _object("tf.zeros_initializer", _TYPED, ()),
    "ones": _object("tf.ones_initializer", _TYPED, ()),
    "constant": _object(
        "tf.constant_initializer",
        ("value", "dtype", "verify_shape"),
        ("value",),
        {"value": "0"},
        dropped=("verify_shape",),
    ),
    "random_normal": _object("tf.random_normal_initializer", (*_NORMAL, "dtype"), _NORMAL, {"stddev": "1.0"}),
    "random_uniform": _object(
        "tf.random_uniform_initializer", (*_UNIFORM, "dtype"), _UNIFORM, {"minval": "0.0", "maxval": "1.0"}
    ),
    "truncated_normal": _object(_KERAS + "TruncatedNormal", (*_NORMAL, "dtype"), _NORMAL, {"stddev": "1.0"}),
    "variance_scaling": _object(_KERAS + "VarianceScaling", (*_SCALING, "dtype"), _SCALING),
    "glorot_uniform": _object(_KERAS + "GlorotUniform", ("seed", "dtype"), ("seed",)),
    "glorot_normal": _object(_KERAS + "GlorotNormal", ("seed", "dtype"), ("seed",)),
    "orthogonal": _object(_KERAS + "Orthogonal", ("gain", "seed", "dtype"), ("gain", "seed")),
}

# names below tf.initializers and tf.keras.initializers
_SHARED = {
    "he_normal": _object(_KERAS + "HeNormal", ("seed",), ("seed",)),
    "he_uniform": _object(_KERAS + "HeUniform", ("seed",), ("seed",)),
    "lecun_normal": _object(_KERAS + "LecunNormal", ("seed",), ("seed",)),
    "lecun_uniform": _object(_KERAS + "LecunUniform", ("seed",), ("seed",)),
    "identity": _object(_KERAS + "Identity", ("gain", "dtype"), ("gain",)),
}

_KERAS_ROWS = {
    **{name: _BOTH[name] for name in ("zeros", "ones", "constant", "glorot_uniform", "glorot_normal", "orthogonal")},
    **_SHARED,
    **dict.fromkeys(
        ("RandomNormal", "random_normal", "normal"), _object(_KERAS + "RandomNormal", (*_NORMAL, "dtype"), _NORMAL)
    ),
    **dict.fromkeys(
        ("TruncatedNormal", "truncated_normal"), _object(_KERAS + "TruncatedNormal", (*_NORMAL, "dtype"), _NORMAL)
    ),
    **dict.fromkeys(
        ("RandomUniform", "random_uniform", "uniform"),
        _object(_KERAS + "RandomUniform", (*_UNIFORM, "dtype"), _UNIFORM),
    ),
    "Zeros": _BOTH["zeros"],
    "Ones": _BOTH["ones"],
    "Constant": _BOTH["constant"],
    "Orthogonal": _BOTH["orthogonal"],
    "Identity": _SHARED["identity"],
    "VarianceScaling": _BOTH["variance_scaling"],
}


_MODES = ("FAN_IN", "FAN_OUT", "FAN_AVG")
_FACTORS = ("factor", "mode", "uniform", "seed", "dtype")
_SPREAD = _object(
    _KERAS + "VarianceScaling",
    _FACTORS,
    _SCALING,
    {"scale": f"{2.0 * _TRUNCATED:.9g}"},
    {"factor": "scale"},
    {"factor": f"{_TRUNCATED:.9g} * ({{}})"},
    ("uniform",),
)
_SPREAD_UNIFORM = replace(_SPREAD, added={"scale": "2.0", "distribution": '"uniform"'}, convert={})
_XAVIER = _object(_KERAS + "GlorotUniform", ("uniform", "seed", "dtype"), ("seed",), dropped=("uniform",))
_XAVIER_NORMAL = replace(
    _XAVIER, new=_KERAS + "VarianceScaling", order=_SCALING, added={"scale": f"{_TRUNCATED:.9g}", "mode": '"fan_avg"'}
)


def literal(bound: Mapping[str, ast.expr], name: str, default: object) -> object:
    """The value of an argument that must be known before the program runs.

    Raises:
      Refusal: it is not a literal.
    """
    if name not in bound:
        return default
    try:
        return ast.literal_eval(bound[name])
    except ValueError:
        raise Refusal(bound[name], f"`{name}` decides what the layer or initializer is, and is not a literal") from None


def _uniform_or_normal(uniform: Row, normal: Row, default: bool) -> Callable[[Mapping[str, ast.expr]], Row]:
    """By the literal ``uniform``; ``mode`` is spelled in capitals in contrib."""

    def chosen(bound: Mapping[str, ast.expr]) -> Row:
        row = uniform if literal(bound, "uniform", default) else normal
        if "mode" not in bound:
            return row
        mode = literal(bound, "mode", None)
        if mode not in _MODES:
            raise Refusal(bound["mode"], "this mode is none that TensorFlow 1.15 knows")
        return replace(row, convert={**row.convert, "mode": f'"{str(mode).lower()}"'})

    return chosen


_CONTRIB = {
    "xavier_initializer": replace(_XAVIER, chosen=_uniform_or_normal(_XAVIER, _XAVIER_NORMAL, True)),
    "variance_scaling_initializer": replace(_SPREAD, chosen=_uniform_or_normal(_SPREAD_UNIFORM, _SPREAD, False)),
    # half the sum of squares, as tf.nn.l2_loss
    "l2_regularizer": _object(
        "tf.keras.regularizers.L2",
        ("scale", "scope"),
        ("l2",),
        None,
        {"scale": "l2"},
        {"scale": "0.5 * ({})"},
        ("scope",),
    ),
    "l1_regularizer": _object(
        "tf.keras.regularizers.L1", ("scale", "scope"), ("l1",), None, {"scale": "l1"}, dropped=("scope",)
    ),
    "l1_l2_regularizer": _object(
        "tf.keras.regularizers.L1L2",
        ("scale_l1", "scale_l2", "scope"),
        ("l1", "l2"),
        {"l1": "1.0", "l2": "0.5"},
        {"scale_l1": "l1", "scale_l2": "l2"},
        {"scale_l2": "0.5 * ({})"},
        ("scope",),
    ),
}
_CONTRIB["xavier_initializer_conv2d"] = _CONTRIB["xavier_initializer"]

_REGULARIZERS = {
    "l1": _object("tf.keras.regularizers.L1", ("l",), ("l1",), None, {"l": "l1"}),
    "l2": _object("tf.keras.regularizers.L2", ("l",), ("l2",), None, {"l": "l2"}),
    "l1_l2": _object("tf.keras.regularizers.L1L2", ("l1", "l2"), ("l1", "l2"), {"l1": "0.01", "l2": "0.01"}),
    "L1L2": _object("tf.keras.regularizers.L1L2", ("l1", "l2"), ("l1", "l2")),
}

_MAX_NORM = _object("tf.keras.constraints.MaxNorm", ("max_value", "axis"), ("max_value", "axis"))
_UNIT_NORM = _object("tf.keras.constraints.UnitNorm", ("axis",), ("axis",))
_NON_NEG = _object("tf.keras.constraints.NonNeg", (), ())
_MIN_MAX = ("min_value", "max_value", "rate", "axis")
_MIN_MAX_NORM = _object("tf.keras.constraints.MinMaxNorm", _MIN_MAX, _MIN_MAX)
_CONSTRAINTS = {
    **dict.fromkeys(("MaxNorm", "max_norm"), _MAX_NORM),
    **dict.fromkeys(("UnitNorm", "unit_norm"), _UNIT_NORM),
    **dict.fromkeys(("NonNeg", "non_neg"), _NON_NEG),
    **dict.fromkeys(("MinMaxNorm", "min_max_norm"), _MIN_MAX_NORM),
}

ROWS: dict[str, Row] = {
    **{f"tf.{name}_initializer": row for name, row in _BOTH.items()},
    **{f"tf.initializers.{name}": row for name, row in {**_BOTH, **_SHARED}.items()},
    **{f"tf.keras.initializers.{name}": row for name, row in _KERAS_ROWS.items()},
    **{f"tf.keras.regularizers.{name}": row for name, row in _REGULARIZERS.items()},
    **{f"tf.keras.constraints.{name}": row for name, row in _CONSTRAINTS.items()},
    **{f"tf.contrib.{space}.{name}": row for space in ("layers", "slim") for name, row in _CONTRIB.items()},
    **{f"tf.contrib.slim.initializers.{name}": row for name, row in _CONTRIB.items() if "initializer" in name},
}


def draws_once(row: Row) -> bool:
    """Whether one object of this initializer gives all variables of one shape the same numbers, as it did not in TensorFlow 1.

    Such an object must not be shared by several variables, unless it is seeded with ``tf.keras.random.SeedGenerator()``.
    """
    return row.new.startswith(_KERAS) and "seed" in row.order
