"""A verification with every field in use, for the tests of its views."""

from __future__ import annotations

import math

from tf2kit.migrate.verify.model import (
    Comparison,
    Curve,
    Divergence,
    Evidence,
    Moments,
    Place,
    PrintedLine,
    Run,
    Step,
    Verdict,
    Verification,
    Weight,
)

OLD = Place("net.py", 12, "_, l = sess.run([train, loss], feed)")
NEW = Place("new/net.ipynb", 3, "l = train_step(x, y)", cell=4)

DIVERGES = Comparison(
    old="net.py",
    new="new/net.ipynb",
    arguments=("--epochs", "2"),
    reference="TensorFlow 1.15.5",
    verdict=Verdict.DIVERGES,
    why="step 2 differs by 2.5e-01",
    tolerance=1e-4,
    evidence=Evidence(runs=2, weights=12, printed=1),
    largest_error=math.inf,
    divergence=Divergence(2, "run", "loss:0", (), 0.5, 0.4, 0.2, 1e-4, OLD, NEW),
    steps=(Step(1, "run", 1, 0.0, None, True, OLD, NEW), Step(2, "run", 1, 0.2, 1e-6, True, OLD, NEW)),
    curves=(Curve("loss:0", (1, 2), (0.7, 0.5), (0.7, 0.4), OLD),),
    initial=(
        Weight(
            "w:0", "dense/kernel:0", (3, 4), "float32", "weight", "order", "equal", 0.0, False, Moments(0, 1, -2, 2)
        ),
        Weight("b:0", None, (4,), "float32", "weight", None, "missing"),
    ),
    printed=(PrintedLine("loss 0.5", "loss nan", math.nan, "", OLD, NEW),),
    warnings=("random operations were neutralised on both sides: dropout",),
    runs=(
        Run("old", "plain", "TensorFlow 1.15.5, Python 3.7.16", 3.2, 2, "ended", 0),
        Run("new", "plain", "TensorFlow 2.21.0, Python 3.11.9", 4.1, 2, "capped"),
    ),
)
EQUAL = Comparison("a.py", "b.py", (), "tf2kit run", Verdict.EQUAL, "412 numbers agree", 1e-4, Evidence(runs=412), 3e-6)
SAMPLE = Verification("0.1.0", (EQUAL, DIVERGES))
