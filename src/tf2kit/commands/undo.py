"""`tf2kit undo`: take back a `migrate --write` that was made outside git."""

from __future__ import annotations

from collections.abc import Sequence

from ..cli_arguments import Parser, add_terminal_flags
from ..terminal import Output


def run(argv: Sequence[str], prog: str) -> int:
    """Restore the files of the last backup; returns 0, or 2 when there is none or a file could not be restored."""
    parser = Parser(prog, "Restore the files that the last `tf2kit migrate --write` changed outside git.")
    parser.add_argument(
        "folder", metavar="DIR", nargs="?", default=".", help="the folder that was migrated (default: .)"
    )
    add_terminal_flags(parser)
    args = parser.read(argv)
    from tf2kit.migrate.undo import undo

    out, err = Output("stdout", args.color), Output("stderr", args.color)
    report = undo(args.folder)
    if args.verbose:
        for path in report.restored:
            out.line(f"restored {path}")
    for path, reason in report.failed:
        err.line(f"{err.paint('error:', 'error')} {path} was not restored: {reason}")
    if report.backup is None and not report.failed:
        err.line(
            f"tf2kit: there is no backup to restore in {args.folder}; in a git folder, use git to take changes back."
        )
        return 2
    if not args.quiet:
        files = "file" if len(report.restored) == 1 else "files"
        out.line(f"Restored {len(report.restored)} {files}.")
    return 2 if report.failed else 0
