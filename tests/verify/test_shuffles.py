"""Data that one of two programs shuffles with a queue and the other as a data set, without TensorFlow."""

from __future__ import annotations

import json
import sys
import tempfile
import types
from pathlib import Path
from typing import Any

import pytest
from tf2kit.migrate.verify.recorder import frames, summaries
from tf2kit.migrate.verify.recorder.imports import Watcher
from tf2kit.migrate.verify.recorder.recorder import Recorder
from tf2kit.migrate.verify.recorder.shuffles import Shuffles
from tf2kit.migrate.verify.recording import of_events


class _Queue:
    kind = "shuffling"

    def __init__(self, capacity: int, min_after_dequeue: int, dtypes: Any, shapes: Any = None, seed: int = 0) -> None:
        self.given = (capacity, min_after_dequeue, dtypes, shapes, seed)


class _InOrder:
    def __init__(self, capacity: int, dtypes: Any, shapes: Any = None) -> None:
        self.kind, self.given = "in order", (capacity, dtypes, shapes)


class _Rows(list[int]):
    def shuffle(self, _: int) -> _Rows:
        return _Rows(reversed(self))


def patched(folder: Path, monkeypatch: pytest.MonkeyPatch, in_order: bool) -> tuple[type[_Queue], type[_Rows]]:
    """Fakes of TensorFlow's queue and data set, watched as in a run."""
    queue, rows = type("Queue", (_Queue,), {}), type("Rows", (_Rows,), {})
    queues = types.ModuleType("tensorflow.python.ops.data_flow_ops")
    datasets = types.ModuleType("tensorflow.python.data.ops.dataset_ops")
    vars(queues).update(RandomShuffleQueue=queue, FIFOQueue=_InOrder)
    vars(datasets).update(DatasetV2=rows)
    for module in (queues, datasets):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    Shuffles(Recorder(str(folder)), in_order).install(Watcher())
    return queue, rows


def was_shuffled(folder: Path) -> bool:
    lines = (folder / "events.jsonl").read_text().splitlines()
    return of_events([json.loads(line) for line in lines], None).shuffled


def test_a_queue_shuffles_and_that_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, _ = patched(tmp_path, monkeypatch, in_order=False)
    made = queue(10, 2, "f", seed=3)
    assert (made.kind, made.given) == ("shuffling", (10, 2, "f", None, 3))
    assert was_shuffled(tmp_path)


def test_where_rows_stay_in_order_a_queue_does_not_shuffle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    queue, _ = patched(tmp_path, monkeypatch, in_order=True)
    made = queue(10, 2, "f", shapes=[[]], seed=3)
    assert (made.kind, made.given) == ("in order", (10, "f", [[]]))
    assert was_shuffled(tmp_path)


def test_a_data_set_shuffles_only_where_rows_need_not_stay_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, rows = patched(tmp_path, monkeypatch, in_order=False)
    assert rows([1, 2, 3]).shuffle(3) == [3, 2, 1]
    assert not was_shuffled(tmp_path)
    _, rows = patched(tmp_path, monkeypatch, in_order=True)
    assert rows([1, 2, 3]).shuffle(3) == [1, 2, 3]
    assert was_shuffled(tmp_path)


def test_what_an_estimator_writes_to_a_folder_that_it_madeis_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    own = str(Path(tempfile.gettempdir(), "tmp1234", "eval"))
    assert not summaries.is_nobodys(own)  # a user's own code writes there
    monkeypatch.setattr(summaries, "called_from", lambda _: True)
    assert summaries.is_nobodys(own)
    assert not summaries.is_nobodys("logs")
    assert not frames.called_from(("/estimator/estimator.py",))
