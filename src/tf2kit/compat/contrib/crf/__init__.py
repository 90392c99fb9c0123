"""tf.contrib.crf: linear-chain conditional random fields, their score, their likelihood and their best sequence."""

from .._paths import attributes
from .decoding import CrfDecodeBackwardRnnCell, CrfDecodeForwardRnnCell, crf_decode, viterbi_decode
from .scores import (
    CrfForwardRnnCell,
    crf_binary_score,
    crf_log_likelihood,
    crf_log_norm,
    crf_multitag_sequence_score,
    crf_sequence_score,
    crf_unary_score,
)

__getattr__ = attributes(__name__)
