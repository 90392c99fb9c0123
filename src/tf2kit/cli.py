"""The `tf2kit` command: finds the command that was asked for, runs it, and turns what goes wrong into a sentence and an exit code.

Exit codes: 0 nothing is left to do, 1 findings are left or files would change, 2 usage or internal error, 130 interrupted.
Each command is a module with ``run(argv, prog) -> exit code``; it is imported only when it is asked for, to keep start-up short.
"""

from __future__ import annotations

import importlib
import sys
import traceback
from collections.abc import Callable, Sequence

from .cli_errors import UsageError, closest
from .terminal import Output

COMMANDS = {
    "migrate": ("migrate", "show, or with --write make, the changes that take TensorFlow 1 code to TensorFlow 2"),
    "check": ("migrate", "the same without writing, for CI: exit code 1 when something would change or is left"),
    "run": ("run", "run a TensorFlow 1 program as it is; it is migrated in memory"),
    "verify": ("verify", "run an old and a new program and compare every number that they compute"),
    "convert-checkpoint": ("convert_checkpoint", "an old checkpoint for the program that was lifted to TensorFlow 2"),
    "export": ("export", "a model for TensorFlow Lite, TensorFlow.js or ONNX, run there and compared"),
    "learn": ("learn", "lessons of TensorFlow 2: list them, open one, see what is done"),
    "undo": ("undo", "take back the last `migrate --write` that was made outside git"),
    "explain": ("explain", "print the documentation page of a code"),
    "rules": ("rules", "list every code"),
    "doctor": ("doctor", "what is installed, what is missing, and how to get it"),
}

_EXAMPLES = """\
Examples:
  tf2kit migrate src            what would change and what needs a person; writes nothing
  tf2kit migrate src --diff     the changes as a patch
  tf2kit migrate src --write    make them
  tf2kit explain SYM101         why, and what to do by hand
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run `tf2kit` with ``argv`` (default: the process's own arguments) and return its exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    verbose = any(word in ("-v", "--verbose") for word in words)
    err = Output("stderr")
    code = _guarded(words, err, verbose)
    err.flush()
    return code


def _guarded(words: list[str], err: Output, verbose: bool) -> int:
    """Run the command; report what it raises."""
    try:
        code = _dispatch(words)
        Output("stdout").flush()
        return code
    except UsageError as error:
        err.line(f"{err.paint('error:', 'error')} {error}")
        return 2
    except SystemExit as leave:  # argparse after --help
        return leave.code if isinstance(leave.code, int) else 2
    except KeyboardInterrupt as interrupt:
        err.line(f"tf2kit: interrupted; {interrupt}" if str(interrupt) else "tf2kit: interrupted; nothing was written.")
        return 130
    except Exception as error:  # the last resort of the whole program
        if verbose:
            err.write(traceback.format_exc())
        hint = "" if verbose else "; run the same command with -v for the traceback"
        text = " ".join(str(error).split()) or "no message"
        err.line(f"tf2kit: this is a bug in tf2kit: {type(error).__name__}: {text}{hint}.")
        return 2


def _dispatch(words: list[str]) -> int:
    out = Output("stdout")
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    if not words or words[0] in ("-h", "--help"):
        out.write(_help())
        return 0 if words else 2
    if words[0] in ("-V", "--version"):
        out.line(f"tf2kit {version()}")
        return 0
    name = words[0]
    if name not in COMMANDS:
        raise UsageError(_no_command(name))
    return _runner(COMMANDS[name][0])(words[1:], name)


def _runner(module: str) -> Callable[[list[str], str], int]:
    run: Callable[[list[str], str], int] = importlib.import_module(f".commands.{module}", __package__).run
    return run


def _no_command(name: str) -> str:
    import os

    near = closest(name, COMMANDS)
    if name.startswith("-"):
        return f"the command comes first: tf2kit migrate {name} …\nSee: tf2kit --help"
    if near is None and os.path.exists(name):
        return f"'{name}' is a path, not a command; did you mean 'tf2kit migrate {name}'?"
    return f"'{name}' is not a command; " + (f"did you mean '{near}'?" if near else f"known: {', '.join(COMMANDS)}")


def _help() -> str:
    rows = "".join(f"  {name:<9} {text}\n" for name, (_, text) in COMMANDS.items())
    return (
        "Take TensorFlow 1 code to TensorFlow 2.\n\nUsage: tf2kit COMMAND …\n\nCommands:\n"
        f"{rows}\nOptions:\n  -h, --help     this text; `tf2kit COMMAND --help` for one command\n"
        f"  -V, --version  the version of tf2kit\n\n{_EXAMPLES}"
    )


def version() -> str:
    """The installed version of tf2kit; "unknown" when it runs from a tree that is not installed."""
    import importlib.metadata as metadata

    try:
        return metadata.version("tf2kit")
    except metadata.PackageNotFoundError:
        return "unknown"
