"""What cells show: pictures with a description for those who do not see them, guesses beside facts, and times."""

from __future__ import annotations

import base64
import html
import io
import timeit
from collections.abc import Callable
from typing import Any


class Picture:
    """A picture that every notebook shows with its description; as text it is the description."""

    def __init__(self, png: bytes, alt: str) -> None:
        self.png, self.alt = png, alt

    def __repr__(self) -> str:
        return f"[picture] {self.alt}"

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode("ascii")
        return f'<img src="data:image/png;base64,{data}" alt="{html.escape(self.alt)}">'


def show(figure: Any, alt: str) -> Picture:
    """Make a picture of a matplotlib figure; the last line of its cell.

    Args:
      figure: what ``plt.subplots`` or ``plt.figure`` returned; it is closed.
      alt: what is to be seen, in a sentence or two, with the numbers that matter.
    """
    import matplotlib.pyplot as plt

    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=90, bbox_inches="tight")
    plt.close(figure)
    return Picture(file.getvalue(), alt)


def reveal(guess: object, fact: object) -> None:
    """Print a learner's guess beside the fact.

    Args:
      guess: what the learner wrote, ``...`` when nothing.
      fact: what the cell computed.
    """
    if guess is ...:
        print(f"It is: {fact}\n(You wrote no guess. A guess, even a wrong one, makes the answer stay with you.)")
        return
    verdict = "You guessed it." if _alike(guess, fact) else "Not what you expected? Stop here until you see why."
    print(f"It is:       {fact}\nYour guess:  {guess}\n{verdict}")


def _alike(guess: Any, fact: Any) -> bool:
    import numpy as np

    try:
        return bool(np.shape(guess) == np.shape(fact) and np.allclose(guess, fact, rtol=0.05))
    except (TypeError, ValueError):  # words, or lists of different lengths
        return str(guess).strip() == str(fact).strip()


def microseconds(call: Callable[[], object], windows: int = 7) -> float:
    """How long a call takes, in microseconds: the fastest of some windows of about 0.05 seconds, after one call to warm up.

    The minimum is what the machine can do; what is above it is other work (documentation of `timeit`).
    """
    call()
    timer = timeit.Timer(call)
    number = max(1, int(0.05 / max(timer.timeit(1), 1e-7)))
    return min(timer.repeat(windows, number)) / number * 1e6
