"""What a comparison of an old and a new program found: typed, and what all views (text, JSON, HTML) are made from."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Verdict(enum.Enum):
    """What a comparison came to. The values are the words that people and JSON see."""

    IDENTICAL = "identical"
    EQUAL = "equal"
    NOISE = "equal within noise"
    INITIALISERS = "initialisers differ"
    DIVERGES = "diverges"
    NOT_COMPARABLE = "not comparable"

    @property
    def proven(self) -> bool:
        """Whether the new program was shown to compute the same."""
        return self in (Verdict.IDENTICAL, Verdict.EQUAL, Verdict.NOISE)


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the user's code: ``path`` as shown to people, ``line`` from 1 (in a notebook within its ``cell``), and its text."""

    path: str
    line: int
    code: str = ""
    cell: int | None = None


@dataclass(frozen=True, slots=True)
class Divergence:
    """The first number that differs too much.

    Attributes:
      step: which value-returning call of the program it is, from 1; 0 where there are no steps (final weights, initial weights).
      what: "run", "weights", "optimizer state", "initial weights", "summary" or "printed".
      tensor: the fetch, variable, summary tag or printed line.
      index: the element of the tensor; None when shapes or counts differ or only a digest of the tensor was kept.
      old, new: the two values; None when there is none on that side.
      error: relative error of this element; infinite when the two cannot be compared (shape, count, not a number on one side).
      allowed: what would have been accepted here.
      old_place, new_place: the lines that computed it.
      detail: one sentence for what the numbers do not say (shapes, counts).
    """

    step: int
    what: str
    tensor: str
    index: tuple[int, ...] | None
    old: float | None
    new: float | None
    error: float
    allowed: float
    old_place: Place | None = None
    new_place: Place | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One call that returned numbers on both sides: Session.run, a tf.function, fit, evaluate and so on.

    Attributes:
      number: from 1.
      kind: "run", "function", "gradient", "fit", "evaluate", "predict", "train_on_batch", "test_on_batch", "apply".
      values: how many numbers were compared.
      error: the largest relative error among them.
      noise: how far the reference is from itself here when its weights are moved by 1e-6; None when that was not measured.
      trains: whether the call changes variables.
    """

    number: int
    kind: str
    values: int
    error: float
    noise: float | None = None
    trains: bool = False
    old_place: Place | None = None
    new_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A scalar that one line computes again and again, such as a loss: both sides, and the `Step` numbers it belongs to."""

    name: str
    steps: tuple[int, ...]
    old: tuple[float, ...]
    new: tuple[float, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and standard deviation of an array, and the range of its values."""

    mean: float
    deviation: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Weight:
    """One variable on both sides.

    Attributes:
      name: in the old program (in the new one where the old has none).
      partner: the new program's name; None when nothing matches.
      role: "weight", "state" (not trained: moving averages, counters) or "optimizer".
      matched: "name" or "order" (same shape, in order of creation); None without partner.
      same: "equal", "other draw" (another random draw of the same distribution), "differs" or "missing".
      error: largest relative error; None without partner.
      injected: whether the new program went on with the old program's value.
    """

    name: str
    partner: str | None
    shape: tuple[int, ...]
    dtype: str
    role: str
    matched: str | None
    same: str
    error: float | None = None
    injected: bool = False
    old: Moments | None = None
    new: Moments | None = None


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A printed line with numbers on both sides; ``ignored`` says why it does not count (it tells the time, for example)."""

    old: str
    new: str
    error: float
    ignored: str = ""
    old_place: Place | None = None
    new_place: Place | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many numbers were compared, by kind. Nothing is proven by none."""

    runs: int = 0
    weights: int = 0
    optimizer: int = 0
    summaries: int = 0
    printed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.runs + self.weights + self.optimizer + self.summaries + self.printed


@dataclass(frozen=True, slots=True)
class Run:
    """One execution of a program.

    Attributes:
      side: "old" or "new".
      variant: "plain", "in order" (not shuffled), "neutralised" (random operations replaced) or "perturbed" (weights moved by 1e-6).
      runtime: such as "TensorFlow 1.15.5, Python 3.7.16".
      steps: calls that changed variables.
      ended: "ended", "capped" (by --steps), "timeout" or "failed".
      exit_code: of the program; None when it was stopped or is a recording.
      seconds: of the whole process.
    """

    side: str
    variant: str
    runtime: str
    seconds: float
    steps: int = 0
    ended: str = "ended"
    exit_code: int | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome for one program.

    Attributes:
      old, new: the scripts, as shown to people.
      arguments: what both were given.
      reference: what the old numbers come from: "TensorFlow 1.15.5", "tf2kit run" or "recorded on TensorFlow 1.15.5".
      verdict, why: the outcome, and one sentence that says what it rests on.
      evidence: what was compared.
      largest_error: of all numbers that count.
      divergence: where it starts to differ.
      steps, curves: what calls returned.
      initial: weights before training, compared before any was injected.
      final: weights at the end.
      printed: printed lines with numbers (those that differ, and the first hundred others).
      warnings: what a reader should know: neutralised operations, caps, calls that have no counterpart.
      runs: what was executed.
    """

    old: str
    new: str
    arguments: tuple[str, ...]
    reference: str
    verdict: Verdict
    why: str
    tolerance: float
    evidence: Evidence = Evidence()
    largest_error: float = 0.0
    divergence: Divergence | None = None
    steps: tuple[Step, ...] = ()
    curves: tuple[Curve, ...] = ()
    initial: tuple[Weight, ...] = ()
    final: tuple[Weight, ...] = ()
    printed: tuple[PrintedLine, ...] = ()
    warnings: tuple[str, ...] = ()
    runs: tuple[Run, ...] = ()

    @property
    def seconds(self) -> float:
        """What all executions took together."""
        return sum(run.seconds for run in self.runs)


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of one `tf2kit verify`: a comparison for each program."""

    version: str
    comparisons: tuple[Comparison, ...]

    @property
    def exit_code(self) -> int:
        """0 when every program is proven, else 1; also 1 when there is none."""
        return 0 if self.comparisons and all(c.verdict.proven for c in self.comparisons) else 1
