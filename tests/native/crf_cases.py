"""Conditional random fields: what `record_crf` records on TensorFlow 1.15. Runs on Python 3.7 too."""

from .vocabulary_cases import waves

TAGS, TIME = 3, 4
LENGTHS = {"all lengths": [4, 1, 2, 0], "one step": [1, 1, 0, 1]}


def numbers(lengths):
    """Scores [batch, time, tags], tags [batch, time], transitions [tags, tags], lengths [batch]; all flat."""
    time = 1 if lengths == "one step" else TIME
    batch = len(LENGTHS[lengths])
    tags = [(3 * row + 2 * step * step) % TAGS for row in range(batch) for step in range(time)]
    return time, waves((batch, time, TAGS)), tags, [2 * w for w in waves((TAGS, TAGS), 0.7)], LENGTHS[lengths]


def parts(scores, tags, transitions, lengths, likelihood, functions):
    """All that is computed: likelihoods, norms, scores, and what is decoded."""
    decoded, best = functions.crf_decode(scores, transitions, lengths)
    norm = functions.crf_log_norm(scores, lengths, transitions)
    return [likelihood, norm, functions.crf_sequence_score(scores, tags, lengths, transitions), decoded, best]
