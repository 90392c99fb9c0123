"""Numbers that a program writes for TensorBoard: from TensorFlow 1's writers as they are added, from TensorFlow 2's out of their files."""

from __future__ import annotations

import functools
import os
import struct
import tempfile
from typing import Any, Iterator

from .frames import called_from
from .imports import Watcher
from .recorder import Recorder

_LARGEST = 64 << 20  # bytes of an event file that are read
_ESTIMATOR = ("/estimator/estimator.py",)


class Summaries:
    """Watches the writers of one run."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._folders: list[str] = []
        recorder.at_end.append(self._read_files)

    def install(self, watcher: Watcher) -> None:
        """Watch both kinds of writers."""
        watcher.after("tensorflow.python.summary.writer.event_file_writer", self._writer)
        watcher.after("tensorflow.python.ops.summary_ops_v2", self._writer_2)

    def _writer(self, module: Any) -> None:
        make, add = module.EventFileWriter.__init__, module.EventFileWriter.add_event

        @functools.wraps(make)
        def init(writer: Any, logdir: Any, *args: Any, **kwargs: Any) -> None:
            writer.tf2kit_unseen = is_nobodys(str(logdir))
            make(writer, logdir, *args, **kwargs)

        @functools.wraps(add)
        def add_event(writer: Any, event: Any) -> Any:
            if not getattr(writer, "tf2kit_unseen", False):
                self._recorder.safely(self._event, event.SerializeToString())
            return add(writer, event)

        module.EventFileWriter.__init__, module.EventFileWriter.add_event = init, add_event

    def _writer_2(self, module: Any) -> None:
        for name in ("create_file_writer", "create_file_writer_v2"):
            make = getattr(module, name, None)
            if make is not None:
                setattr(module, name, self._noting(make))

    def _noting(self, make: Any) -> Any:
        @functools.wraps(make)
        def noted(logdir: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(logdir, (str, os.PathLike)):
                self._folders.append(os.path.abspath(os.fspath(logdir)))
            return make(logdir, *args, **kwargs)

        return noted

    def _read_files(self) -> None:
        """Read the files of TensorFlow 2's writers: in their folders, and below the working folder."""
        paths = {os.path.join(f, name) for f in self._folders if os.path.isdir(f) for name in os.listdir(f)}
        for folder, _, names in os.walk(os.getcwd()):
            paths.update(os.path.join(folder, name) for name in names if name.endswith(".v2"))
        found: list[Any] = []
        for path in sorted(path for path in paths if "tfevents" in os.path.basename(path)):
            if os.path.getsize(path) <= _LARGEST:
                found += records(path)
        # in the order in which they were written: two writers may share a tag
        for event in sorted(found, key=written_at):
            self._event(event)

    def _event(self, event: bytes) -> None:
        for tag, step, value in scalars(event):
            self._recorder.write("summary", tag=tag, step=step, value=value)


def is_nobodys(logdir: str) -> bool:
    """Whether this is the temporary folder of an estimator that was given none, where nobody looks."""
    below = os.path.relpath(logdir, tempfile.gettempdir())
    return below.startswith(tempfile.gettempprefix()) and called_from(_ESTIMATOR)


def records(path: str) -> Iterator[bytes]:
    """The records of a TFRecord file, up to where it was cut off; checksums are not checked."""
    with open(path, "rb") as file:
        while True:
            head = file.read(12)
            if len(head) < 12:
                return
            (size,) = struct.unpack("<Q", head[:8])
            data = file.read(size)
            if len(data) < size:
                return
            file.read(4)
            yield data


def written_at(event: bytes) -> float:
    """When a serialized Event was made, in seconds."""
    return next((float(struct.unpack("<d", value)[0]) for number, value in fields(event) if number == 1), 0.0)


def scalars(event: bytes) -> Iterator[tuple[str, int, float]]:
    """(tag, step, value) of the scalars in a serialized Event (tensorflow/core/util/event.proto, framework/summary.proto)."""
    parts = list(fields(event))
    step = next((value for number, value in parts if number == 2), 0)
    for summary in (value for number, value in parts if number == 5):
        for item in (value for number, value in fields(summary) if number == 1):
            value: dict[int, Any] = dict(fields(item))
            tag = value.get(1, b"").decode("utf-8", "replace")
            if 2 in value:
                yield tag, step, struct.unpack("<f", value[2])[0]
            elif 8 in value:
                yield from ((tag, step, number) for number in _scalar_tensor(dict(fields(value[8]))))


def _scalar_tensor(tensor: dict[int, Any]) -> list[float]:
    """The value of a TensorProto if it is one float: in tensor_content (4) or float_val (5); its dtype (1) is 1, its shape (2) empty."""
    if tensor.get(1) != 1 or tensor.get(2):
        return []
    data = tensor.get(4) or tensor.get(5) or b"\0\0\0\0"
    return [struct.unpack("<f", data)[0]] if len(data) == 4 else []


def fields(data: bytes) -> Iterator[tuple[int, Any]]:
    """(number, value) of the fields of a serialized message: integers of varints, bytes of everything else."""
    place = 0
    while place < len(data):
        key, place = _varint(data, place)
        number, kind = key >> 3, key & 7
        if kind == 0:
            value, place = _varint(data, place)
            yield number, value
            continue
        size = {1: 8, 5: 4}.get(kind, 0)
        if kind == 2:
            size, place = _varint(data, place)
        elif not size:
            raise ValueError("field %d has the wire type %d" % (number, kind))
        yield number, data[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
        shift += 7
