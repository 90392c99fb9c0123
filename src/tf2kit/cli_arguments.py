"""The parser that all commands share: kind errors with a suggestion, and the flags that more than one command has."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import NoReturn

from .cli_errors import UsageError, closest, unknown

LEVELS = ("compat", "native")
OFFICIAL_MODES = ("safety", "default", "off")
OUTPUT_FORMATS = ("text", "concise", "json", "sarif", "github")
COLORS = ("auto", "always", "never")


class Parser(argparse.ArgumentParser):
    """An argument parser that raises `UsageError` and suggests the flag that was meant."""

    def __init__(self, command: str, description: str, epilog: str = "") -> None:
        super().__init__(
            prog=f"tf2kit {command}",
            description=description,
            epilog=epilog or None,
            allow_abbrev=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print; `UsageError` becomes exit code 2."""
        raise UsageError(f"{message}\nSee: {self.prog} --help")

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Parse ``argv``; options and paths may come in any order.

        Raises:
          UsageError: a flag is unknown, or its value is.
        """
        args, rest = self.parse_known_intermixed_args(list(argv))
        if rest:
            flag = rest[0].split("=")[0]
            flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", self.format_help()))
            near = closest(flag, flags) if flag.startswith("--") else None
            self.error(f"{self.prog} has no argument '{rest[0]}'" + (f"; did you mean '{near}'?" if near else ""))
        return args


def one_of(what: str, words: Sequence[str]) -> Callable[[str], str]:
    """An argparse type that takes one of ``words`` and suggests one for any other word."""

    def read(value: str) -> str:
        if value not in words:
            raise argparse.ArgumentTypeError(unknown(what, value, words))
        return value

    return read


def words_of(value: str) -> list[str]:
    """The non-empty words of a comma list."""
    return [word.strip() for word in value.split(",") if word.strip()]


def jobs_of(value: str) -> int:
    """A number of worker processes; 0 means one per processor."""
    try:
        jobs = int(value)
    except ValueError:
        jobs = -1
    if jobs < 0:
        raise argparse.ArgumentTypeError(f"'{value}' is not a number of processes; 0 means one per processor")
    return jobs


def count_of(value: str) -> int:
    """A whole number above 0."""
    if not value.isdigit() or not int(value):
        raise argparse.ArgumentTypeError(f"'{value}' is not a number; give 1 or more")
    return int(value)


def positive_of(value: str) -> float:
    """A number above 0."""
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"'{value}' is not a number above 0")
    return number


def add_choice(parser: argparse._ActionsContainer, flag: str, what: str, words: Sequence[str], text: str) -> None:
    """Add ``flag`` that takes one of ``words``; its value is None when it is not given."""
    parser.add_argument(flag, type=one_of(what, words), metavar="|".join(words), default=None, help=text)


def add_terminal_flags(parser: argparse.ArgumentParser) -> None:
    """Add ``-q``, ``-v`` and ``--color``."""
    parser.add_argument("-q", "--quiet", action="store_true", help="print what is left and errors, nothing else")
    parser.add_argument(
        "-v", "--verbose", action="store_true", help="print every place and every note, and a traceback if tf2kit fails"
    )
    add_choice(parser, "--color", "a colour mode", COLORS, "colours on a terminal (auto); NO_COLOR turns them off")
