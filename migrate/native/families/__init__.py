"""Families of names that shape a program, one file each; importing this registers their handlers."""

from . import (
    arg_scopes,
    branches,
    crf,
    data,
    eager,
    flags,
    keras,
    keras_models,
    losses,
    metrics,
    platform,
    queues,
    rnn,
    savers,
    summaries,
    writers,
)

__all__ = [
    "arg_scopes",
    "branches",
    "crf",
    "data",
    "eager",
    "flags",
    "keras",
    "keras_models",
    "losses",
    "metrics",
    "platform",
    "queues",
    "rnn",
    "savers",
    "summaries",
    "writers",
]
