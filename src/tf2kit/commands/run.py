"""`tf2kit run`: run a TensorFlow 1 program on the installed TensorFlow without changing its files."""

from __future__ import annotations

import os
import sys
import traceback
import types
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..cli_arguments import Parser, add_terminal_flags
from ..cli_errors import UsageError
from ..terminal import Output

if TYPE_CHECKING:
    from ..runner import Program


def run(argv: Sequence[str], prog: str) -> int:
    """Run a script, or with ``-m`` a module, as ``python`` would; returns its exit code."""
    parser = Parser(
        prog, "Run a TensorFlow 1 program on the installed TensorFlow. It is migrated in memory; no file changes."
    )
    parser.add_argument("-m", dest="module", action="store_true", help="SCRIPT is the name of a module to run")
    add_terminal_flags(parser)
    parser.add_argument("script", metavar="SCRIPT", help="the program; all words behind it are its own arguments")
    own, rest = _split(list(argv))
    args = parser.read(own)
    module = args.script if args.module else None
    entry, root = _module(args.script) if module else _script(args.script)
    from ..runner import load

    program = load(entry, root)
    err = Output("stderr", args.color)
    if args.verbose:
        _show_changes(program, err)
    if program.left and not args.quiet:
        findings = "finding is" if program.left == 1 else "findings are"
        err.line(f"tf2kit: {program.left} {findings} left in this program; `tf2kit check {root}` shows them.")
    err.flush()
    return _execute(program, entry, root, [str(entry) if module else args.script, *rest], module)


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Our own words, up to the script, and the program's, whatever they look like."""
    for i, word in enumerate(argv):
        if not word.startswith("-") and (i == 0 or argv[i - 1] != "--color"):
            return argv[: i + 1], argv[i + 1 :]
    return argv, []


def _script(name: str) -> tuple[Path, Path]:
    """The script and the folder that Python would put on its path."""
    path = Path(name)
    if path.is_dir():
        path /= "__main__.py"
    if not path.is_file():
        raise UsageError(f"there is no script {str(path)!r}; check the path (use -m for a module's name)")
    path = path.absolute()
    return path, path.parent.resolve()


def _module(name: str) -> tuple[Path, Path]:
    """The file of a module below the working folder, and that folder."""
    stem = Path.cwd().joinpath(*name.split("."))
    for path in (stem.with_name(stem.name + ".py"), stem / "__main__.py"):
        if path.is_file():
            return path, Path.cwd().resolve()
    raise UsageError(f"there is no module {name!r} in the working folder; start tf2kit where `python -m {name}` works")


def _show_changes(program: Program, err: Output) -> None:
    from tf2kit.migrate import FileResult
    from tf2kit.migrate.report import diff
    from tf2kit.migrate.source import Source

    for path, text in program.texts.items():
        raw = Path(path).read_bytes()
        err.write_bytes(
            diff.render([FileResult(os.path.relpath(path), raw, Source.read(path, raw).encode(text))], err.paint)
        )


def _execute(program: Program, entry: Path, root: Path, argv: list[str], module: str | None) -> int:
    """Run the program in this process as ``__main__``."""
    from ..runner import Finder, code_of

    original = entry.read_bytes()
    main = types.ModuleType("__main__")
    main.__file__ = str(entry)
    main.__package__ = module.rpartition(".")[0] if module else None
    main.__dict__["__builtins__"] = __builtins__
    sys.modules["__main__"] = main
    sys.argv[:] = argv
    sys.path.insert(0, str(root))
    sys.meta_path.insert(0, Finder(program.texts))
    try:
        text = program.texts.get(str(entry.resolve()))
        code = (
            code_of(text, original, str(entry))
            if text is not None
            else compile(original, str(entry), "exec", dont_inherit=True)
        )
        exec(code, main.__dict__)
    except SystemExit as leave:
        return _exit_code(leave)
    except BaseException as error:
        _print(error, str(entry))
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


def _exit_code(leave: SystemExit) -> int:
    """As Python does it: None is 0, a number is itself, anything else is printed and is 1."""
    if leave.code is None or isinstance(leave.code, int):
        return leave.code or 0
    print(leave.code, file=sys.stderr)
    return 1


def _print(error: BaseException, entry: str) -> None:
    """The traceback from the program's first line on, without ours above it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != entry:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
