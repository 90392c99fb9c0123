"""Attention: the names of 1.15's module of this name, with the private ones that programs import from it."""

from .attention_base import (
    AttentionMechanism,
    _BaseAttentionMechanism,
    _BaseMonotonicAttentionMechanism,
    _maybe_mask_score,
    _prepare_memory,
    _zero_state_tensors,
)
from .attention_cell import AttentionWrapper
from .attention_layers import _compute_attention
from .attention_mechanisms import (
    BahdanauAttention,
    BahdanauMonotonicAttention,
    LuongAttention,
    LuongMonotonicAttention,
)
from .attention_scores import (
    _bahdanau_score,
    _luong_score,
    _monotonic_probability_fn,
    hardmax,
    monotonic_attention,
    safe_cumprod,
)
from .attention_state import AttentionWrapperState

__all__ = [
    "AttentionMechanism",
    "AttentionWrapper",
    "AttentionWrapperState",
    "BahdanauAttention",
    "BahdanauMonotonicAttention",
    "LuongAttention",
    "LuongMonotonicAttention",
    "_BaseAttentionMechanism",
    "_BaseMonotonicAttentionMechanism",
    "_bahdanau_score",
    "_compute_attention",
    "_luong_score",
    "_maybe_mask_score",
    "_monotonic_probability_fn",
    "_prepare_memory",
    "_zero_state_tensors",
    "hardmax",
    "monotonic_attention",
    "safe_cumprod",
]
