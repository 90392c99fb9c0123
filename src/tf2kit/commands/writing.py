"""Put the new texts where ``--write`` and ``--output`` ask for them."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_errors import UsageError

if TYPE_CHECKING:
    from tf2kit.migrate.report.model import Report


def write(report: Report, args: argparse.Namespace) -> Report:
    """Write the files of a dry run; returns the report of what became of them.

    Raises:
      UsageError: the output folder cannot take the tree.
      KeyboardInterrupt: the user interrupts; its message says how many files are written.
    """
    from tf2kit.migrate import discover
    from tf2kit.migrate import write as writer

    try:
        if args.output is not None:
            done = writer.write_tree(report.files, args.paths, args.output, args.force)
        else:
            done = writer.write_in_place(report.files, args.force)
    except discover.UsageError as error:
        raise UsageError(str(error)) from None
    except KeyboardInterrupt:
        raise KeyboardInterrupt(_so_far(report, args.output)) from None
    return dataclasses.replace(
        report,
        mode="write" if args.output is None else "output",
        written=tuple(done.written),
        refused=tuple(done.refused),
        failed=tuple(done.failed),
        backup=done.backup,
        output=args.output,
    )


def _so_far(report: Report, output: str | None) -> str:
    """What an interrupt left behind, read from the disk, which alone knows."""
    if output is not None:
        return f"the tree in {output} is not complete; the files it is made from are as they were."
    written = sum(_holds(file.path, file.after) for file in report.changed)
    if not written:
        return "nothing was written."
    return f"{written} of {len(report.changed)} files were written, each as a whole; the others are as they were."


def _holds(path: str, content: bytes) -> bool:
    try:
        return Path(path).read_bytes() == content
    except OSError:
        return False
