"""Exports in the test's own process: starting TensorFlow for each step of each model would take most of the time."""

from __future__ import annotations

import importlib
import json
import tempfile
from pathlib import Path
from unittest import mock

from tests.export import zoo
from tf2kit.export import Target, child, entry, story
from tf2kit.export.child import Message
from tf2kit.export.report import Report
from tf2kit.export.sources import Request

_prepare = entry.prepare
# the last model: what was asked for → the folder where it lies as a SavedModel, and what it answers
_kept: dict[str, tuple[tempfile.TemporaryDirectory[str], Message]] = {}


def call(function: str, message: Message, *_: object) -> Message:
    """As `child.call`, without a child."""
    module, _, name = function.partition(":")
    with mock.patch.object(entry, "prepare", _prepared):
        answer: Message = getattr(importlib.import_module(module), name)(message)
    return answer


def _prepared(message: Message) -> Message:
    """The model that was asked for last is at hand: large ones take longer to load than to convert, and there are three targets."""
    asked = json.dumps({key: message.data[key] for key in ("request", "check", "samples", "count", "seed", "repeats")})
    if asked not in _kept:
        for work, _ in _kept.values():
            work.cleanup()
        _kept.clear()
        work = tempfile.TemporaryDirectory(prefix="tf2kit-test-")
        _kept[asked] = work, _prepare(Message({**message.data, "workdir": work.name}))
    return _kept[asked][1]


def export(
    target: Target, name: str, folder: Path, output: Path, options: dict | None = None, **fields: object
) -> Report:
    """Export a model of the zoo that lies in `folder`; `fields` are those of `Request`."""
    animal = zoo.ANIMALS[name]
    asked = {"inputs": animal.inputs, "outputs": animal.outputs, "signatures": animal.signature, **fields}
    request = Request(zoo.build(name, folder), **asked)
    proof = story.Proof(repeats=0, count=3)
    before, child.call = child.call, call
    try:
        return story.export(target, request, output, options, proof)
    finally:
        child.call = before
