"""``--reference``: the recording that stands for the old program; of several programs, a folder with one for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_errors import UsageError

if TYPE_CHECKING:
    from tf2kit.migrate.verify.recording import Recorded
    from tf2kit.migrate.verify.stage import Program

HELP = "numbers recorded before (--record); OLD is then only read. Of several programs: a folder with a/b.json.gz for a/b.py"


def read(reference: str, programs: Sequence[Program]) -> list[Recorded]:
    """The recording of each program.

    Raises:
      UsageError: one is missing or is no recording, or a single one is named for several programs.
    """
    from tf2kit.migrate.verify import recording

    path = Path(reference)
    if len(programs) > 1 and not path.is_dir():
        raise UsageError(
            f"--reference {path}: these are {len(programs)} programs; name a folder with a recording of each"
        )
    found = []
    for program in programs:
        file = _of(program, path) if path.is_dir() else path
        try:
            found.append(recording.read(file))
        except FileNotFoundError:
            raise UsageError(
                f"--reference: there is no {file}; tf2kit verify {program.shown} --record makes it"
            ) from None
        except (ValueError, OSError) as error:
            raise UsageError(f"--reference {file}: {error}") from None
    return found


def _of(program: Program, folder: Path) -> Path:
    """Where a folder of recordings has that of a program."""
    script = program.script
    inside = script.relative_to(program.folder) if script.is_relative_to(program.folder) else Path(script.name)
    return (folder / inside).with_suffix(".json.gz")
