"""Optimizers and learning-rate schedules of TensorFlow 1.15, with its constants and update rules.

Keras takes a rate that is a Python float (not an integer) or a schedule. A rate that the program feeds or keeps in a variable is set before
each step with ``optimizer.learning_rate.assign(rate)``; then `varying` gives the row. A row whose ``new`` has no "tf." names a class of
`exact.SOURCES`.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace

from ..rows import Row

_IDLE = frozenset({"use_locking", "name", "accum_name", "linear_name"})


def _optimizer(
    new: str, old: str, order: str, added: Mapping[str, str] | None = None, renamed: Mapping[str, str] | None = None
) -> Row:
    row = Row(new, tuple(old.split()), tuple(order.split()), renamed or {}, added or {}, _IDLE, kind="optimizer")
    return _with_floats(row)


def _with_floats(row: Row) -> Row:
    """The row that writes literal integers (``learning_rate=1``) as the floats that Keras insists on."""

    def chosen(bound: Mapping[str, ast.expr]) -> Row:
        floats = {
            name: repr(float(node.value))
            for name, node in bound.items()
            if isinstance(node, ast.Constant) and type(node.value) is int
        }
        return replace(row, convert=floats) if floats else row

    return replace(row, chosen=chosen)


_PENALTIES = "l1_regularization_strength l2_regularization_strength"
_SHORT = {"l1_regularization_strength": "l1", "l2_regularization_strength": "l2"}
_FTRL = f"learning_rate learning_rate_power initial_accumulator_value {_PENALTIES}"
_MOMENTUM = _optimizer(
    "tf.keras.optimizers.SGD",
    "learning_rate momentum use_locking name use_nesterov",
    "learning_rate momentum nesterov",
    renamed={"use_nesterov": "nesterov"},
)
_RMSPROP = "learning_rate decay momentum epsilon use_locking centered name"

_TRAIN = {
    "GradientDescentOptimizer": _optimizer(
        "tf.keras.optimizers.SGD", "learning_rate use_locking name", "learning_rate"
    ),
    "MomentumOptimizer": _MOMENTUM,
    "AdamOptimizer": _optimizer(
        "tf.keras.optimizers.Adam",
        "learning_rate beta1 beta2 epsilon use_locking name",
        "learning_rate beta_1 beta_2 epsilon",
        {"epsilon": "1e-8"},
        {"beta1": "beta_1", "beta2": "beta_2"},
    ),
    "AdagradOptimizer": _optimizer(
        "tf.keras.optimizers.Adagrad",
        "learning_rate initial_accumulator_value use_locking name",
        "learning_rate initial_accumulator_value epsilon",
        {"epsilon": "0.0"},
    ),
    "AdadeltaOptimizer": _optimizer(
        "tf.keras.optimizers.Adadelta",
        "learning_rate rho epsilon use_locking name",
        "learning_rate rho epsilon",
        {"epsilon": "1e-8"},
    ),
    "RMSPropOptimizer": _optimizer(
        "RMSProp", _RMSPROP, "learning_rate rho momentum epsilon centered", {"epsilon": "1e-10"}, {"decay": "rho"}
    ),
    "FtrlOptimizer": _optimizer(
        "tf.keras.optimizers.Ftrl",
        f"{_FTRL} use_locking name accum_name linear_name l2_shrinkage_regularization_strength",
        f"{_FTRL} l2_shrinkage_regularization_strength",
    ),
    "ProximalGradientDescentOptimizer": _optimizer(
        "ProximalGradientDescent", f"learning_rate {_PENALTIES} use_locking name", "learning_rate l1 l2", renamed=_SHORT
    ),
    "ProximalAdagradOptimizer": _optimizer(
        "ProximalAdagrad",
        f"learning_rate initial_accumulator_value {_PENALTIES} use_locking name",
        "learning_rate initial_accumulator_value l1 l2",
        renamed=_SHORT,
    ),
}

# Keras keeps momentum scaled by the rate: the same only while the rate stays
_VARYING = {"tf.train.MomentumOptimizer": _with_floats(replace(_MOMENTUM, new="Momentum"))}

# What a sparse gradient (of tf.gather, tf.nn.embedding_lookup) needs. Keras squares the rows of such a gradient before it adds those that
# occur twice: for these `tf.convert_to_tensor(gradient)` comes first, and then they compute what TensorFlow 1 computed.
SUMMED_FIRST = frozenset({"tf.train.AdamOptimizer", "tf.train.AdagradOptimizer"})
# These moved only the rows of a sparse gradient; what they have become moves all.
DENSE_ONLY = frozenset(
    f"tf.train.{name}Optimizer"
    for name in ("Momentum", "RMSProp", "Adadelta", "Ftrl", "ProximalGradientDescent", "ProximalAdagrad")
)


def varying(name: str) -> Row | None:
    """The row of an optimizer whose rate changes: by a schedule, or because the program assigns it."""
    return _VARYING.get(name, ROWS.get(name))


def _schedule(new: str, old: str, order: str, renamed: Mapping[str, str] | None = None) -> Row:
    """A schedule: an object that an optimizer takes, and that a call with the step turns into a number."""
    names = {"learning_rate": "initial_learning_rate", **(renamed or {})}
    return Row(
        f"tf.keras.optimizers.schedules.{new}",
        (*old.split(), "name"),
        tuple(order.split()),
        {k: v for k, v in names.items() if k in old.split()},
        dropped=frozenset({"name"}),
        call=("x",) if old.startswith("x ") else ("global_step",),
        kind="schedule",
    )


_DECAY = "learning_rate global_step decay_steps decay_rate staircase"
_DECAY_NEW = "initial_learning_rate decay_steps decay_rate staircase"
_POLYNOMIAL = "decay_steps end_learning_rate power cycle"
_RESTARTS = "first_decay_steps t_mul m_mul alpha"
_PIECEWISE = _schedule("PiecewiseConstantDecay", "x boundaries values", "boundaries values")
_EXPONENTIAL = _schedule("ExponentialDecay", _DECAY, _DECAY_NEW)
_SCHEDULES = {
    "exponential_decay": _EXPONENTIAL,
    # rate ** n is exp(-decay_rate * n)
    "natural_exp_decay": replace(_EXPONENTIAL, convert={"decay_rate": "2.718281828459045 ** -({})"}),
    "inverse_time_decay": _schedule("InverseTimeDecay", _DECAY, _DECAY_NEW),
    "polynomial_decay": _schedule(
        "PolynomialDecay", f"learning_rate global_step {_POLYNOMIAL}", f"initial_learning_rate {_POLYNOMIAL}"
    ),
    "cosine_decay": _schedule(
        "CosineDecay", "learning_rate global_step decay_steps alpha", "initial_learning_rate decay_steps alpha"
    ),
    "cosine_decay_restarts": _schedule(
        "CosineDecayRestarts", f"learning_rate global_step {_RESTARTS}", f"initial_learning_rate {_RESTARTS}"
    ),
    "piecewise_constant": _PIECEWISE,
    "piecewise_constant_decay": _PIECEWISE,
}

ROWS: dict[str, Row] = {f"tf.train.{name}": row for name, row in {**_TRAIN, **_SCHEDULES}.items()}
