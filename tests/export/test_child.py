"""Whatever a converter does, its parent gets data or a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from tf2kit.export import ExportError, child
from tf2kit.export.child import Message


def call(name: str, message: Message | None = None, **how: float) -> Message:
    return child.call(f"tests.export.victims:{name}", message or Message(), **how)


def test_data_and_arrays_come_back_as_they_went() -> None:
    texts = np.array([[b"caf\xc3\xa9", b"\xff\x00"]], object)
    arrays = {"b": np.arange(3, dtype=np.int64), "a/x": np.float32([[1.5]]), "t": texts, "none": np.zeros((0, 2))}
    answer = call("echo", Message({"n": [1, None]}, arrays))
    assert answer.data == {"n": [1, None]}
    assert list(answer.arrays) == ["b", "a/x", "t", "none"]
    for name, array in arrays.items():
        assert answer.arrays[name].dtype == array.dtype
        assert answer.arrays[name].shape == array.shape
        assert answer.arrays[name].tolist() == array.tolist()


def test_a_refusal_keeps_its_op_and_its_advice() -> None:
    with pytest.raises(ExportError, match=r"Erfc \(gelu/Erfc\)") as raised:
        call("refuse")
    assert (raised.value.op, raised.value.todo) == ("Erfc", "Use the approximate GELU.")


def test_an_unexpected_exception_keeps_its_type() -> None:
    with pytest.raises(ExportError, match="KeyError: 'keras_tensor_9'"):
        call("fail")


def test_a_killed_child_names_the_signal_and_its_last_words() -> None:
    with pytest.raises(ExportError, match=r"SIGKILL[^$]*converting the graph") as raised:
        call("killed")
    assert "memory" in raised.value.todo


def test_a_child_that_leaves_early_is_an_error() -> None:
    with pytest.raises(ExportError, match="code 3"):
        call("leave")


def test_a_child_that_hangs_is_ended() -> None:
    with pytest.raises(ExportError, match=r"still running after 0\.5 seconds"):
        call("hang", seconds=0.5)
