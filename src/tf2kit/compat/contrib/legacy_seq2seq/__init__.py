"""tf.contrib.legacy_seq2seq: encoders and decoders that are unrolled over lists of tensors, with buckets."""

from .._paths import attributes
from ..rnn.linear import Linear
from .attention import attention_decoder, embedding_attention_decoder, embedding_attention_seq2seq
from .buckets import model_with_buckets, sequence_loss, sequence_loss_by_example
from .decoders import _extract_argmax_and_embed, embedding_rnn_decoder, rnn_decoder
from .models import (
    basic_rnn_seq2seq,
    embedding_rnn_seq2seq,
    embedding_tied_rnn_seq2seq,
    one2many_rnn_seq2seq,
    tied_rnn_seq2seq,
)

__getattr__ = attributes(__name__)
