"""Any model becomes a SavedModel with signatures. `load` imports TensorFlow when it is called."""

from __future__ import annotations

from .load import Loaded, Request, load

__all__ = ["Loaded", "Request", "load"]
