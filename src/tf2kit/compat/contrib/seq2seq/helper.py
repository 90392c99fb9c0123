"""Helpers: what a decoder reads next, and which ids it chooses."""

from .decoder import _transpose_batch_time
from .helper_base import CustomHelper, Helper, embedding_function
from .inference import GreedyEmbeddingHelper, InferenceHelper, SampleEmbeddingHelper
from .sampling import _call_sampler, bernoulli_sample, categorical_sample
from .scheduled import ScheduledEmbeddingTrainingHelper, ScheduledOutputTrainingHelper
from .training import TrainingHelper, _unstack_ta

__all__ = [
    "CustomHelper",
    "GreedyEmbeddingHelper",
    "Helper",
    "InferenceHelper",
    "SampleEmbeddingHelper",
    "ScheduledEmbeddingTrainingHelper",
    "ScheduledOutputTrainingHelper",
    "TrainingHelper",
    "_call_sampler",
    "_transpose_batch_time",
    "_unstack_ta",
    "bernoulli_sample",
    "categorical_sample",
    "embedding_function",
]
