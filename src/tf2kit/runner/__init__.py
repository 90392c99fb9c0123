"""Run TensorFlow 1 programs as they are: each module of the program is migrated in memory while it is imported.

The second run of an unchanged program imports nothing of the migrator: `program.py` takes everything from `memory.py`. What is new or was
changed goes through `migration.py`.
"""

from __future__ import annotations

from . import leaving  # before all else: what it registers for the end has to run last

__all__ = ["leaving"]
