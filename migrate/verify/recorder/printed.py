"""Lines with numbers that the program's own code prints."""

from __future__ import annotations

import io
import sys
from typing import Any

from .frames import Place, own_place
from .recorder import Recorder

_LONGEST = 2000


class Tee(io.TextIOWrapper):
    """Standard output, which also notes complete lines and where the program printed them."""

    def __init__(self, stream: Any, recorder: Recorder) -> None:
        super().__init__(
            stream.buffer, encoding=stream.encoding, errors=stream.errors, line_buffering=stream.line_buffering
        )
        self.mode = "w"  # type: ignore[misc]
        self._recorder = recorder
        self._begun = ""
        self._place: Place | None = None

    def write(self, text: str) -> int:
        """Write ``text`` and note the lines that it completes."""
        place, writer = own_place(("ours", "standard"))
        if writer == "own":
            self._place = self._place or place
            self._begun += text
            self._note()
        return super().write(text)

    def _note(self) -> None:
        *lines, self._begun = self._begun.split("\n")
        for line in lines:
            if any(c.isdigit() for c in line):
                self._recorder.write("print", text=line[:_LONGEST], at=self._place)
        if not self._begun:
            self._place = None
        self._begun = self._begun[-_LONGEST:]

    def finish(self) -> None:
        """Note a last line without its end."""
        if self._begun:
            self._begun += "\n"
            self._note()


def install(recorder: Recorder) -> None:
    """Put the tee in place of standard output."""
    tee = Tee(sys.stdout, recorder)
    sys.stdout = tee
    recorder.at_end.append(tee.finish)
