"""What a caller asks of a migration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["compat", "native"]
OfficialMode = Literal["safety", "default", "off"]


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one run.

    Attributes:
      level: what to migrate to.
      select: code prefixes to report and fix; empty means all.
      ignore: code prefixes to leave out; wins over ``select``.
      official: which mode of ``tf_upgrade_v2`` makes the first rewrite; ``off`` uses our own import pass alone.
      unsafe_fixes: also apply fixes that may change behaviour.
      jobs: worker processes; 0 means one per processor.
    """

    level: Level = "compat"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    official: OfficialMode = "safety"
    unsafe_fixes: bool = False
    jobs: int = 0

    def wants(self, code: str) -> bool:
        """Whether findings with ``code`` are asked for."""
        if any(code.startswith(p) for p in self.ignore):
            return False
        return not self.select or any(code.startswith(p) for p in self.select)
