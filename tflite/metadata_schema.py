"""Tables of metadata_schema.fbs (TensorFlow Lite Support 0.4.4) that are written here, and a writer and reader for them.

The package that brings the schema, tflite-support, has wheels for Python 3.11 at most. A table is a dict of field → value; fields that a
table here does not know are left out when it is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import flatbuffers
from flatbuffers import encode, number_types
from flatbuffers.table import Table

IDENTIFIER = b"M001"
AXIS_LABELS = 2  # AssociatedFileType.TENSOR_AXIS_LABELS
RGB, GRAYSCALE = 1, 2  # ColorSpaceType

# table → its fields in the schema's order; "-" holds the place of one that is not written. A union takes two places.
TABLES: Mapping[str, tuple[str, ...]] = {
    "ModelMetadata": (
        "name:string", "description:string", "version:string", "subgraph_metadata:[SubGraphMetadata]", "author:string",
        "license:string", "-", "min_parser_version:string",
    ),
    "SubGraphMetadata": (
        "name:string", "-", "input_tensor_metadata:[TensorMetadata]", "output_tensor_metadata:[TensorMetadata]",
    ),
    "TensorMetadata": (
        "name:string", "description:string", "-", "content:Content", "process_units:[ProcessUnit]", "-",
        "associated_files:[AssociatedFile]",
    ),
    "AssociatedFile": ("name:string", "description:string", "type:byte"),
    "Content": ("content_properties:ContentProperties", "content_properties"),
    "FeatureProperties": (),
    "ImageProperties": ("color_space:byte",),
    "ProcessUnit": ("options:ProcessUnitOptions", "options"),
    "NormalizationOptions": ("mean:[float]", "std:[float]"),
}  # fmt: skip
# union → number of a member → its table; a value is a dict with the key "table"
UNIONS: Mapping[str, Mapping[int, str]] = {
    "ContentProperties": {1: "FeatureProperties", 2: "ImageProperties"},
    "ProcessUnitOptions": {1: "NormalizationOptions"},
}


def write(content: Mapping[str, Any]) -> bytes:
    """A ModelMetadata as a flatbuffer."""
    builder = flatbuffers.Builder(1024)
    builder.Finish(_write(builder, "ModelMetadata", content), IDENTIFIER)
    return bytes(builder.Output())


def read(data: bytes) -> dict[str, Any]:
    """A ModelMetadata from its flatbuffer."""
    start = encode.Get(number_types.UOffsetTFlags.packer_type, data, 0)
    return _read(Table(data, start), "ModelMetadata")


def _write(builder: Any, table: str, content: Mapping[str, Any]) -> int:
    """Append the table; children first, as flatbuffers want it."""
    offsets: dict[int, int] = {}
    for slot, field in enumerate(TABLES[table]):
        name, _, kind = field.partition(":")
        if kind and kind != "byte" and (value := content.get(name)) is not None:
            where = slot + 1 if kind in UNIONS else slot
            offsets[where] = _child(builder, kind, value)
    builder.StartObject(len(TABLES[table]))
    for slot, field in enumerate(TABLES[table]):
        name, _, kind = field.partition(":")
        if slot in offsets:
            builder.PrependUOffsetTRelativeSlot(slot, offsets[slot], 0)
        elif kind == "byte":
            builder.PrependInt8Slot(slot, content.get(name, 0), 0)
        elif kind in UNIONS and name in content:
            member = content[name]["table"]
            builder.PrependUint8Slot(slot, next(n for n, t in UNIONS[kind].items() if t == member), 0)
    return cast(int, builder.EndObject())


def _child(builder: Any, kind: str, value: Any) -> int:
    if kind == "string":
        return cast(int, builder.CreateString(value))
    if kind in UNIONS:
        return _write(builder, value["table"], value)
    if not kind.startswith("["):
        return _write(builder, kind, value)
    if kind == "[float]":
        builder.StartVector(4, len(value), 4)
        for number in reversed(value):
            builder.PrependFloat32(number)
        return cast(int, builder.EndVector())
    offsets = [_child(builder, kind[1:-1], item) for item in value]
    builder.StartVector(4, len(offsets), 4)
    for offset in reversed(offsets):
        builder.PrependUOffsetTRelative(offset)
    return cast(int, builder.EndVector())


def _read(table: Table, name: str) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for slot, field in enumerate(TABLES[name]):
        key, _, kind = field.partition(":")
        if not kind or not (offset := table.Offset(4 + 2 * slot)):
            continue
        place = offset + table.Pos
        if kind == "byte":
            made[key] = table.Get(number_types.Int8Flags, place)
        elif kind not in UNIONS:
            made[key] = _value(table, kind, place)
        elif member := UNIONS[kind].get(table.Get(number_types.Uint8Flags, place)):
            inside = table.Offset(4 + 2 * (slot + 1)) + table.Pos
            made[key] = {"table": member, **_value(table, member, inside)}
    return made


def _value(table: Table, kind: str, place: int) -> Any:
    if kind == "string":
        return table.String(place).decode()
    if not kind.startswith("["):
        return _read(Table(table.Bytes, table.Indirect(place)), kind)
    start, count = table.Vector(place - table.Pos), table.VectorLen(place - table.Pos)
    places = range(start, start + 4 * count, 4)
    if kind == "[float]":
        return [table.Get(number_types.Float32Flags, p) for p in places]
    return [_value(table, kind[1:-1], p) for p in places]
