"""Models into the forms that other runtimes read, each proven by running what was written. Read `story.py` first.

Whatever the model is, it becomes a SavedModel with signatures first (`source.py`). A target (`target.py`) turns that into an artefact and
runs it in its real runtime; `parity.py` compares the numbers. Nothing here imports TensorFlow until it is called.
"""

from __future__ import annotations

from .errors import ExportError, RuntimeMissingError
from .signatures import Exportable, Signature, TensorSpec
from .target import Ran, Target

__all__ = ["ExportError", "Exportable", "Ran", "RuntimeMissingError", "Signature", "Target", "TensorSpec"]
