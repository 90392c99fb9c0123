"""One page for each verdict: what it means, what it rests on, what to do."""

from __future__ import annotations

from .model import Verdict

PAGES = {
    Verdict.IDENTICAL: """\
Every number that both programs computed is the same to the last bit, and both started from the same weights.

## What to do

Nothing. The new program computes what the old one computed, for these arguments and this data.
""",
    Verdict.EQUAL: """\
Every number agrees to the tolerance (a relative difference of 1e-4; `--tolerance` changes it), at every call, not only at the end.
Numbers below a hundredth of the largest value in their place (final weights: a tenth) are compared on the scale of that part. Initial
weights agree, or are another draw of the same distribution: then the new program was run from the old one's weights, and a second pair
of runs, in which random operations give fixed numbers, showed that the initialisers are the same.

## What to do

Nothing. Two versions of TensorFlow round differently, which is what is left.
""",
    Verdict.NOISE: """\
Some numbers differ by more than the tolerance, but by no more than five times what the old program differs from itself after its initial
weights were moved by a millionth. Programs that amplify rounding do that: adversarial networks, decisions by argmax, long training.

## What to do

If you need more certainty, compare fewer steps (`--steps 20`): before the noise has grown, the numbers must be equal.
""",
    Verdict.INITIALISERS: """\
From the same initial weights both programs compute the same, but left alone the new one starts from others: another distribution, another
deviation, other constants. Training may then reach something else, or nothing.

## What to do

Look at how the named weights are made. Typical: `tf.Variable` or a Keras layer where `get_variable` (Glorot uniform) was, a deviation of
0.05 in place of 0.1 or 1.0, a bias of 0 in place of 0.1, a checkpoint that is no longer read.
""",
    Verdict.DIVERGES: """\
From the same initial weights, with the same data and random numbers, a number differs. The report names the first call, the tensor, both
values and the lines of both programs.

## What to do

The first call matters, not the later ones. If it differs at the first call, the forward computation differs: an axis, a rate in place of a
keep probability, a reduction, an epsilon, a training flag. If the first call agrees and the second does not, the update differs: the
gradient, the optimizer and its defaults, what is trained, what is updated beside it (batch normalization). If only printed numbers
differ, it is the Python around TensorFlow: a division, an order.
""",
    Verdict.NOT_COMPARABLE: """\
There is no proof in either direction: a program failed, was stopped before it returned a number, or both computed no number that could be
compared. Two or three printed numbers that agree are no proof either.

## What to do

Mend the program that failed; its last lines are in the report. If nothing was computed, give arguments that make the program train
(`tf2kit verify OLD NEW -- --epochs 2`), or print the loss. If it takes long, `--steps 20` ends it after twenty updates.
""",
}


def page(verdict: Verdict) -> str:
    """The page of a verdict as Markdown."""
    proof = "a proof (exit code 0)" if verdict.proven else "no proof (exit code 1)"
    return f"# {verdict.value}\n\nThis verdict is {proof}.\n\n{PAGES[verdict].strip()}\n"
