"""How a program ends: its traceback, its exit code, and Ctrl-C, all as `python` has them."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import types

_HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_OURS = (os.path.join(_HERE, "runner") + os.sep, os.path.join(_HERE, "commands") + os.sep)
_interrupted: list[bool] = []


def exit_code(leave: SystemExit) -> int:
    """None is 0, a number is itself, anything else is printed and is 1."""
    if leave.code is None or isinstance(leave.code, int):
        return leave.code or 0
    print(leave.code, file=sys.stderr)
    return 1


def print_error(error: BaseException) -> None:
    """Hand an error that ended the program to ``sys.excepthook``, without our frames in its traceback."""
    trace = error.__traceback__
    while trace is not None and (_is_ours(trace) or trace.tb_frame.f_code.co_filename.startswith("<frozen importlib")):
        trace = trace.tb_next
    here = trace
    while here is not None:
        while here.tb_next is not None and _is_ours(here.tb_next):
            here.tb_next = here.tb_next.tb_next
        here = here.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)


def _is_ours(trace: types.TracebackType) -> bool:
    return trace.tb_frame.f_code.co_filename.startswith(_OURS)


def end_by_signal() -> None:
    """Let this process end by SIGINT, behind all that is to do at exit, as Python ends after Ctrl-C: a shell's loop ends then, too."""
    _interrupted.append(True)


@atexit.register  # before anything else is registered, so it runs behind all of that
def _kill() -> None:
    if _interrupted and os.name == "posix":
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
