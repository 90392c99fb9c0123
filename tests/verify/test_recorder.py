"""Parts of the recorder, in this process and without TensorFlow."""

from __future__ import annotations

import json
import struct
import sys
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tf2kit.migrate.verify.recorder import frames, neutral, summaries
from tf2kit.migrate.verify.recorder.imports import Watcher
from tf2kit.migrate.verify.recorder.recorder import Enough, Recorder
from tf2kit.migrate.verify.recorder.reference import Reference


def events(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def test_a_module_is_patched_right_after_it_was_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "later_module.py").write_text("def f(): return 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    watcher = Watcher()
    monkeypatch.setattr(sys, "meta_path", [watcher, *sys.meta_path])
    watcher.after("later_module", lambda module: setattr(module, "f", lambda: 2))
    import later_module  # type: ignore[import-not-found]

    assert later_module.f() == 2
    sys.modules.pop("later_module")


def test_a_module_that_is_there_is_patched_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    module = types.ModuleType("early_module")
    monkeypatch.setitem(sys.modules, "early_module", module)
    Watcher().after("early_module", lambda m: setattr(m, "seen", True))
    assert module.seen is True


def test_a_program_ends_after_its_steps_and_cannot_swallow_the_end_for_ever(tmp_path: Path) -> None:
    recorder = Recorder(str(tmp_path), cap=2)
    recorder.call("run", None, 1.0, True, False)
    with pytest.raises(Enough) as leave:
        recorder.call("run", None, 2.0, True, False)
    assert leave.value.code == 0
    assert recorder.capped
    recorder.finish()
    assert events(tmp_path)[-1]["why"] == "capped"
    assert [e["values"][0]["v"] for e in events(tmp_path)[:2]] == [[1.0], [2.0]]


def test_what_goes_wrong_while_recording_does_not_reach_the_program(tmp_path: Path) -> None:
    recorder = Recorder(str(tmp_path))

    def fails() -> None:
        raise ValueError("odd")

    assert recorder.safely(fails) is None
    recorder.finish()
    assert "odd" in events(tmp_path)[0]["text"]


def test_calls_inside_a_recorded_call_are_not_the_users(tmp_path: Path) -> None:
    recorder = Recorder(str(tmp_path))
    assert recorder.listening
    with recorder.inside():
        assert not recorder.listening
    assert recorder.listening
    recorder.finish()


def test_files_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "mine.py").touch()
    assert frames.kind_of(str(tmp_path / "mine.py")) == "own"
    assert frames.kind_of(json.__file__) == "standard"
    assert frames.kind_of(np.__file__) == "library"
    assert frames.kind_of(frames.__file__) == "ours"
    assert frames.kind_of("/x/site-packages/tensorflow_core/python/framework/ops.py") == "thin"
    assert frames.kind_of("/x/site-packages/tensorflow/python/training/saver.py") == "tensorflow"
    assert frames.kind_of("/x/site-packages/tf_slim/learning.py") == "loop"


def test_fixed_numbers_have_the_distribution_that_they_stand_for() -> None:
    uniform, normal = neutral.uniform([100, 100], 0), neutral.normal([10_000], 0)
    assert 0 < uniform.min() < uniform.max() < 1
    assert abs(uniform.mean() - 0.5) < 0.01
    assert abs(normal.mean()) < 0.02
    assert abs(normal.std() - 1) < 0.02
    assert np.abs(neutral.truncated([10_000], 0)).max() <= 2
    assert set(neutral.integers([1000], 3, 7, 0)) == {3, 4, 5, 6}
    assert neutral.categories(np.log([[0.5, 0.25, 0.25]]), 1000, 0).mean() == pytest.approx(0.75, abs=0.02)


def test_fixed_numbers_change_with_the_step_and_fit_into_float32() -> None:
    assert not np.allclose(neutral.uniform([10], 0), neutral.uniform([10], 1))
    uniform = neutral.uniform([1000], 5)
    np.testing.assert_array_equal(uniform, uniform.astype(np.float32))


def test_the_reference_hands_weights_out_once_by_name_else_by_order(tmp_path: Path) -> None:
    rows = [
        {"t": "initial", "group": 1, "name": n, "role": "weight", "value": {"d": "<f4", "s": [2], "v": [i, i]}}
        for i, n in enumerate(["a/w:0", "b/w:0", "c/bias:0"])
    ]
    lines = [*rows, {"t": "group", "n": 1}]
    (tmp_path / "events.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines))
    (tmp_path / "ended").touch()
    reference, array = Reference(str(tmp_path)), np.zeros(2, np.float32)
    found = [reference.find(name, "weight", array, 1) for name in ("b/w:0", "x/bias:0", "y/w:0", "z:0")]
    assert [e and (e.name, e.matched) for e in found] == [
        ("b/w:0", "name"),
        ("c/bias:0", "order"),
        ("a/w:0", "order"),
        None,
    ]
    assert found[0] is not None
    assert found[0].load().tolist() == [1, 1]


def test_scalars_are_read_from_event_files(tmp_path: Path) -> None:
    value = b"\x0a\x04loss" + b"\x15" + struct.pack("<f", 0.5)  # tag, simple_value
    tensor = b"\x08\x01\x12\x00\x22\x04" + struct.pack("<f", 1.5)  # DT_FLOAT, no dimension, tensor_content
    second = b"\x0a\x03acc" + b"\x42" + bytes([len(tensor)]) + tensor
    summary = b"".join(b"\x0a" + bytes([len(v)]) + v for v in (value, second))
    event = b"\x10\x07" + b"\x2a" + bytes([len(summary)]) + summary  # step 7
    (tmp_path / "events").write_bytes(struct.pack("<QI", len(event), 0) + event + b"\0\0\0\0" + b"cut off")
    (data,) = summaries.records(str(tmp_path / "events"))
    assert list(summaries.scalars(data)) == [("loss", 7, 0.5), ("acc", 7, 1.5)]


def test_events_are_ordered_by_the_time_at_which_they_were_written() -> None:
    late, early = (b"\x09" + struct.pack("<d", seconds) + b"\x10\x07" for seconds in (2.5, 1.5))
    assert sorted([late, early], key=summaries.written_at) == [early, late]
    assert summaries.written_at(b"\x10\x07") == 0.0
