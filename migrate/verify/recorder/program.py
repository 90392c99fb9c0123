"""Runs a program as Python or `tf2kit run` would, with everything watched."""

from __future__ import annotations

import builtins
import json
import os
import sys
import traceback
import types
from typing import Any

from . import models, printed, seeds, sessions
from .eager import Eager
from .imports import Watcher
from .neutral import Neutral
from .recorder import Recorder
from .reference import Reference
from .shuffles import Shuffles
from .summaries import Summaries
from .weights import Weights


def main(path: str) -> int:
    """Run what the configuration at ``path`` says; returns the program's exit code.

    The configuration is a JSON object: ``folder`` (of the recording), ``script``, ``arguments``, ``runner`` ("python" or "tf2kit run"),
    ``cap`` (steps, 0 for all), ``reference`` (folder of a recording, or null), ``neutral`` (replace random operations), ``in_order``
    (do not shuffle data), ``perturb`` and ``seed`` (see `weights.Weights`).
    """
    with open(path, encoding="utf-8") as file:
        config: dict[str, Any] = json.load(file)
    recorder = start(config)
    sys.path.insert(
        0, os.path.dirname(os.path.abspath(config["script"]))
    )  # where Python puts it, and `tf2kit run` expects it
    try:
        if config["runner"] == "python":
            return run_python(config["script"], config["arguments"])
        return run_migrated(config["script"], config["arguments"])
    finally:
        recorder.finish()


def start(config: dict[str, Any]) -> Recorder:
    """Set everything up that watches the program."""
    recorder = Recorder(config["folder"], config["cap"])
    reference = Reference(config["reference"]) if config["reference"] else None
    weights = Weights(recorder, reference, config["perturb"], config["seed"])
    watcher = Watcher()
    seeds.install(watcher)
    Neutral(recorder, config["neutral"]).install(watcher)
    Shuffles(recorder, config["in_order"]).install(watcher)
    weights.install(watcher)
    sessions.install(watcher, recorder, weights)
    Eager(recorder, weights).install(watcher)
    models.install(watcher, recorder)
    Summaries(recorder).install(watcher)
    printed.install(recorder)
    recorder.at_end.append(weights.finish)
    sys.meta_path.insert(0, watcher)
    return recorder


def run_python(script: str, arguments: list[str]) -> int:
    """Run ``script`` as ``python script`` does; returns the exit code."""
    main_module = types.ModuleType("__main__")
    main_module.__dict__.update(__file__=script, __builtins__=builtins)
    sys.modules["__main__"] = main_module
    sys.argv[:] = [script] + arguments
    try:
        with open(script, "rb") as file:
            code = compile(file.read(), script, "exec", dont_inherit=True)
        exec(code, main_module.__dict__)
    except SystemExit as leave:
        return exit_code(leave)
    except BaseException as error:
        show(error, script)
        return 1
    return 0


def run_migrated(script: str, arguments: list[str]) -> int:
    """Run ``script`` as ``tf2kit run script`` does; returns the exit code."""
    from tf2kit.commands import run

    return int(run.run(["--quiet", script] + arguments, "run"))


def exit_code(leave: SystemExit) -> int:
    """As Python does it: None is 0, a number is itself, anything else is printed and is 1."""
    if leave.code is None or isinstance(leave.code, int):
        return leave.code or 0
    sys.stderr.write("%s\n" % leave.code)
    return 1


def show(error: BaseException, script: str) -> None:
    """Print the traceback from the program's first line on."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code.co_filename != script:
        trace = trace.tb_next
    traceback.print_exception(type(error), error, trace)
