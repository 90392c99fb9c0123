"""What TensorFlow 1 offers beside tensors: files, record files, protocol buffers, tests."""

from __future__ import annotations

from collections.abc import Iterator

from ..rows import Row

# new name, old parameters, new parameters where they differ
_FILES = {
    "Copy": ("copy", "oldpath newpath overwrite", "src dst overwrite"),
    "DeleteRecursively": ("rmtree", "dirname", "path"),
    "Exists": ("exists", "filename", "path"),
    "FastGFile": ("GFile", "name mode", ""),
    "GFile": ("GFile", "name mode", ""),
    "Glob": ("glob", "filename", "pattern"),
    "IsDirectory": ("isdir", "dirname", "path"),
    "ListDirectory": ("listdir", "dirname", "path"),
    "MakeDirs": ("makedirs", "dirname", "path"),
    "MkDir": ("mkdir", "dirname", "path"),
    "Open": ("GFile", "name mode", ""),
    "Remove": ("remove", "filename", "path"),
    "Rename": ("rename", "oldname newname overwrite", "src dst overwrite"),
    "Stat": ("stat", "filename", "path"),
    "Walk": ("walk", "top in_order", "top topdown"),
}
_MESSAGES = {
    "BytesList": "value",
    "Example": "features",
    "Feature": "bytes_list float_list int64_list",
    "FeatureList": "feature",
    "FeatureLists": "feature_list",
    "Features": "feature",
    "FloatList": "value",
    "Int64List": "value",
    "SequenceExample": "context feature_lists",
}


def _files() -> Iterator[tuple[str, Row]]:
    for old, (new, parameters, renamed) in _FILES.items():
        before, after = tuple(parameters.split()), tuple((renamed or parameters).split())
        names = {a: b for a, b in zip(before, after, strict=True) if a != b}
        row = Row(f"tf.io.gfile.{new}", before, after, renamed=names, kind="object")
        yield f"tf.gfile.{old}", row
        yield f"tf.python.platform.gfile.{old}", row


def _records() -> Iterator[tuple[str, Row]]:
    for home in ("python_io", "io"):
        yield (
            f"tf.{home}.TFRecordWriter",
            Row("tf.io.TFRecordWriter", ("path", "options"), ("path", "options"), kind="object"),
        )
    options = (
        "compression_type",
        "flush_mode",
        "input_buffer_size",
        "output_buffer_size",
        "window_bits",
        "compression_level",
        "compression_method",
        "mem_level",
        "compression_strategy",
    )
    # 1.15 also takes the members of an enumeration that TensorFlow 2 has not; as a name they are refused where they are read
    yield "tf.python_io.TFRecordOptions", Row("tf.io.TFRecordOptions", options, options, kind="object")


def _messages() -> Iterator[tuple[str, Row]]:
    for name, fields in _MESSAGES.items():
        # protocol buffers take their fields by keyword only
        yield (
            f"tf.train.{name}",
            Row(f"tf.train.{name}", tuple(fields.split()), kind="object", renamed={f: f for f in fields.split()}),
        )


ROWS: dict[str, Row] = {
    **dict(_files()),
    **dict(_records()),
    **dict(_messages()),
    "tf.test.main": Row("tf.test.main", ("argv",), ("argv",), kind="object"),
    "tf.test.get_temp_dir": Row("tf.test.get_temp_dir", kind="object"),
    "tf.test.is_built_with_cuda": Row("tf.test.is_built_with_cuda", kind="object"),
}
SYMBOLS: dict[str, str] = {
    "tf.test.TestCase": "tf.test.TestCase",
    **{name: row.new for name, row in _messages()},
}
