"""Artefacts get a name that says whether they are proven, and nothing is left of what fails. The converters are those of `victims.py`."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from tf2kit.export import Exportable, ExportError, Signature, Target, TensorSpec, child, entry, story
from tf2kit.export.child import Message
from tf2kit.export.sources import Request

SPEC = {"x": TensorSpec("x", (None,), "float32")}
MODEL = Exportable(
    Path("saved"), {"double": Signature("double", SPEC, {"y": TensorSpec("y", (None,), "float32")})}, "m", "model"
)


@pytest.fixture(autouse=True)
def _no_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model that doubles its input."""
    arrays = {"double/in/x": np.float32([1, 2]), "double/out/y": np.float32([2, 4])}
    data = {"exportable": MODEL.to_json(), "latency": 0.01, "samples": "2 samples"}
    call = child.call

    def called(function: str, message: Message, *how: float) -> Message:
        if not function.endswith(":make"):
            return call(function, message, *how)
        asked = Message({**message.data, "exportable": MODEL.to_json()})
        return Message({**data, **call("tf2kit.export.entry:convert", asked, *how).data}, arrays)

    monkeypatch.setattr(child, "call", called)


def target(convert: str = "write", suffix: str = ".bin", several: bool = True) -> Target:
    place = "tests.export.victims"
    return Target("test", "Test", f"{place}:{convert}", {"here": f"{place}:run"}, lambda _: None, several, suffix)


def export(place: Path, name: str = "m.bin", convert: str = "write", **how: object) -> story.Report:
    options = {key: how.pop(key) for key in ("error", "folder") if key in how}
    what = target(convert, "" if options.get("folder") else ".bin")
    return story.export(what, Request("m"), place / name, options, story.Proof(repeats=0, **how))


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_a_proven_artefact_gets_its_name_and_a_report_beside_it(tmp_path: Path) -> None:
    report = export(tmp_path)
    assert report.proven
    assert report.exit_code == 0
    assert names(tmp_path) == ["m.bin", "m.bin.parity.json", "m.h"]
    said = json.loads((tmp_path / "m.bin.parity.json").read_text())
    assert said["proven"] is True
    assert said["rows"][0]["errors"][0]["name"] == "y"
    assert said["info"]["notes"] == ["written by a test"]
    assert "proven" in report.to_text()


def test_an_artefact_that_differs_gets_a_name_that_says_so(tmp_path: Path) -> None:
    report = export(tmp_path, error=0.5)
    assert report.exit_code == 1
    assert names(tmp_path) == ["m.unproven.bin", "m.unproven.bin.parity.json", "m.unproven.h"]
    assert "NOT proven: y: error 2.5e-01 is above 1.0e-05" in report.to_text()
    assert export(tmp_path, error=0.5, tolerance=0.5).proven


def test_what_was_not_run_is_unproven_without_an_error(tmp_path: Path) -> None:
    report = export(tmp_path, check=False)
    assert not report.proven
    assert report.exit_code == 0
    assert "m.unproven.bin" in names(tmp_path)
    assert "--no-check" in report.to_text()


def test_a_proven_artefact_replaces_the_unproven_one(tmp_path: Path) -> None:
    export(tmp_path, error=0.5)
    export(tmp_path)
    assert [n for n in names(tmp_path) if "unproven" in n and n.endswith((".bin", ".json"))] == []


def test_folders_hold_their_report_and_are_replaced_as_a_whole(tmp_path: Path) -> None:
    export(tmp_path, "web", folder=True)
    (tmp_path / "web" / "old").write_text("of an earlier export")
    export(tmp_path, "web", folder=True)
    assert names(tmp_path) == ["web", "web/model.bin", "web/parity.json"]


def test_folders_of_others_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "thesis.txt").write_text("mine")
    with pytest.raises(ExportError, match="was not written by tf2kit"):
        export(tmp_path, "web", folder=True)
    assert names(tmp_path) == ["web", "web/thesis.txt"]


@pytest.mark.parametrize(
    ("convert", "said"), [("write_half", "SIGSEGV"), ("write_to_full_disk", "No space left on device")]
)
def test_nothing_is_left_of_a_converter_that_fails(tmp_path: Path, convert: str, said: str) -> None:
    (tmp_path / "m.bin").write_bytes(b"of an earlier export")
    with pytest.raises(ExportError, match=said):
        export(tmp_path, convert=convert)
    assert names(tmp_path) == ["m.bin"]
    assert (tmp_path / "m.bin").read_bytes() == b"of an earlier export"


def test_a_full_disk_at_the_end_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    monkeypatch.setattr(child, "call", lambda function, message, *_: _inside(function, message))
    with pytest.raises(ExportError, match="No space left on device") as raised:
        export(tmp_path)
    assert raised.value.usage
    assert names(tmp_path) == []


def _inside(function: str, message: Message) -> Message:
    if function.endswith(":make"):
        Path(message.data["out"]).write_bytes(b"model")
        data = {"exportable": MODEL.to_json(), "latency": None, "samples": "", "info": {}, "seconds": 1.0}
        return Message(data, {"double/in/x": np.float32([1]), "double/out/y": np.float32([2])})
    return Message({"load": None, "latency": {}}, {"y": message.arrays["x"] * 2})


@pytest.mark.parametrize(("name", "said"), [("none/m.bin", "no folder"), ("m.txt", r"\.bin, not m\.txt")])
def test_places_that_cannot_be_right_are_refused_at_once(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        export(tmp_path, name)


def test_a_target_of_one_signature_asks_which_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = Exportable(
        MODEL.saved_model, {**MODEL.signatures, "half": dataclasses.replace(MODEL.main, name="half")}, "m", "model"
    )
    data = {"exportable": two.to_json(), "latency": None, "samples": ""}
    monkeypatch.setattr(child, "call", lambda *_: Message(data))
    with pytest.raises(ExportError, match="double, half") as raised:
        story.export(target(several=False), Request("m"), tmp_path / "m.bin")
    assert "--signature" in raised.value.todo
    monkeypatch.setattr(entry, "prepare", lambda _: Message(data))
    assert entry.make(Message({"several": False})).data == data, "nothing is converted before one is chosen"
