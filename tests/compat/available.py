"""Write migrate/tables/available.json, the names that tf2kit.compat has: ``TF_USE_LEGACY_KERAS=1 python -m tests.compat.available``.

A name is listed when TensorFlow 1.15 had it (recorded/names.json) and tf2kit.compat has it.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.compat import names

# names that earlier versions had in tf.contrib.estimator, and 1.15 in tf.estimator
_MOVED = (
    "BaselineEstimator",
    "DNNEstimator",
    "DNNLinearCombinedEstimator",
    "InMemoryEvaluatorHook",
    "LinearEstimator",
    "make_early_stopping_hook",
    "make_stop_at_checkpoint_step_hook",
    "stop_if_higher_hook",
    "stop_if_lower_hook",
    "stop_if_no_decrease_hook",
    "stop_if_no_increase_hook",
)
# what the walk over 1.15's modules does not count as theirs
EXTRA = (
    "contrib.seq2seq.python.ops.beam_search_ops.gather_tree",
    "examples.tutorials.mnist.input_data",
    "examples.tutorials.mnist.mnist",
    "numpy1",
    *(f"contrib.estimator.{name}" for name in _MOVED),
)
HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "migrate" / "tables" / "available.json"


def listed(theirs: dict[str, list[str]], ours: dict[str, list[str]]) -> list[str]:
    """All names of the table, in its order."""
    return sorted({*names.offered(theirs, ours), *EXTRA})


def main() -> None:
    import tensorflow.compat.v1 as tf

    from tf2kit import compat
    from tf2kit.compat.contrib._paths import PATHS

    tf.disable_v2_behavior()
    theirs = json.loads((HERE / "recorded" / "names.json").read_text())
    TABLE.write_text(json.dumps(listed(theirs, names.ours(compat, PATHS)), indent=0) + "\n")


if __name__ == "__main__":
    main()
