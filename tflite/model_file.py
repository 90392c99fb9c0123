"""A .tflite file from inside: the flatbuffer of TensorFlow's schema.fbs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from ai_edge_litert import schema_py_generated as schema

_NAMES = {code: name for name, code in vars(schema.BuiltinOperator).items() if isinstance(code, int)}


def ops(content: bytes) -> tuple[dict[str, int], list[str]]:
    """How often each op occurs, and the names of those that only TensorFlow (Flex…) or an application brings."""
    model = schema.Model.GetRootAs(content)
    codes = [model.OperatorCodes(i) for i in range(model.OperatorCodesLength())]
    names = [op_name(code) for code in codes]
    count: Counter[str] = Counter()
    for number in range(model.SubgraphsLength()):
        graph = model.Subgraphs(number)
        count.update(names[graph.Operators(i).OpcodeIndex()] for i in range(graph.OperatorsLength()))
    foreign = {op_name(code).removeprefix("Flex") for code in codes if code.CustomCode() and count[op_name(code)]}
    return dict(count.most_common()), sorted(foreign)


def complete(content: bytes, names: Sequence[str]) -> bool:
    """Whether all signatures are there, and weights are in the file.

    The converter leaves out signatures that share a function, and values of variables that it does not find (below layers of Keras 3):
    such a file runs and gives NaN.
    """
    model = schema.Model.GetRootAs(content)
    there = {model.SignatureDefs(i).SignatureKey().decode() for i in range(model.SignatureDefsLength())}
    return there.issuperset(names) and "VAR_HANDLE" not in ops(content)[0]


def op_name(code: Any) -> str:
    """The name of an operator code, as schema.fbs or its maker gives it."""
    if custom := code.CustomCode():
        return str(custom.decode())
    return str(_NAMES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())])


def with_buffer(content: bytes, name: str, data: bytes) -> bytes:
    """The file with a metadata buffer of that name, in place of one that is there."""
    import flatbuffers

    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(content))
    model.metadata = [entry for entry in model.metadata or [] if _text(entry.name) != name]
    buffer, entry = schema.BufferT(), schema.MetadataT()
    buffer.data = list(data)
    entry.name, entry.buffer = name, len(model.buffers)
    model.buffers.append(buffer)
    model.metadata.append(entry)
    builder = flatbuffers.Builder(len(content) + len(data) + 1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def buffer(content: bytes, name: str) -> bytes | None:
    """The metadata buffer of that name."""
    model = schema.Model.GetRootAs(content)
    for number in range(model.MetadataLength()):
        entry = model.Metadata(number)
        if entry.Name() == name.encode():
            data = model.Buffers(entry.Buffer())
            return bytes(data.DataAsNumpy().tobytes()) if data.DataLength() else b""
    return None


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def subgraph(content: bytes, name: str) -> int:
    """Number of a signature's subgraph."""
    model = schema.Model.GetRootAs(content)
    signatures = map(model.SignatureDefs, range(model.SignatureDefsLength()))
    return next(int(s.SubgraphIndex()) for s in signatures if s.SignatureKey().decode() == name)


def signature_names(content: bytes, name: str) -> tuple[list[str], list[str]]:
    """Names of a signature's inputs and outputs in the order of its subgraph, which is that of metadata."""
    model = schema.Model.GetRootAs(content)
    for number in range(model.SignatureDefsLength()):
        signature = model.SignatureDefs(number)
        if signature.SignatureKey() == name.encode():
            graph = model.Subgraphs(signature.SubgraphIndex())
            given = {i.TensorIndex(): i.Name().decode() for i in map(signature.Inputs, range(signature.InputsLength()))}
            made = {
                i.TensorIndex(): i.Name().decode() for i in map(signature.Outputs, range(signature.OutputsLength()))
            }
            return [given[i] for i in graph.InputsAsNumpy()], [made[i] for i in graph.OutputsAsNumpy()]
    return [], []
