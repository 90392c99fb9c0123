"""What a model is, inside its file: TFLite metadata as the Task Library and Android Studio read it.

Labels lie as ``labels.txt`` in a zip archive behind the model, which is where TensorFlow's own tools put them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from tf2kit.export import ExportError, Signature, TensorSpec

from . import metadata_schema, model_file, texts

BUFFER = "TFLITE_METADATA"
KEYS = ("name", "description", "version", "author", "license", "labels", "labels_for", "mean", "std", "normalised")
_MODEL_KEYS = KEYS[:5]
_LABELS = "labels.txt"


def written(content: bytes, signature: Signature, given: Mapping[str, Any], encoded: Collection[str] = ()) -> bytes:
    """The file with metadata about its first signature; as it was where there is nothing to say.

    Args:
      content: of the file.
      signature: its first.
      given: name, description, version, author and license of the model; "labels": names of the classes, "labels_for": the output that
        they name; "mean" and "std": what an image is normalised with, (x - mean) / std, one number or one a channel; "normalised": that
        input. Output and input need no name where there is one that fits.
      encoded: ``signature/input`` of texts that became bytes.

    Raises:
      ExportError: it does not fit the signature.
    """
    if not given and not encoded:
        return content
    if unknown := sorted(set(given) - set(KEYS)):
        raise _error(f'Metadata has no "{unknown[0]}".', f"It has {', '.join(KEYS)}.")
    labels, classes = _labels(signature, given)
    normalised = _normalised(signature, given)
    inputs, outputs = model_file.signature_names(content, signature.name)
    about = {key: str(given[key]) for key in _MODEL_KEYS if given.get(key)}
    tensors = {
        "name": signature.name,
        "input_tensor_metadata": [_input(signature.inputs[n], given, normalised, encoded, signature) for n in inputs],
        "output_tensor_metadata": [_output(name, classes) for name in outputs],
    }
    packed = metadata_schema.write({**about, "subgraph_metadata": [tensors], "min_parser_version": "1.0.0"})
    content = model_file.with_buffer(content, BUFFER, packed)
    return _with_file(content, _LABELS, "\n".join(labels) + "\n") if labels else content


def read(path: Path) -> dict[str, Any]:
    """What `written` was given, from a file: keys of `KEYS`, and "inputs" and "outputs" with descriptions by name.

    Raises:
      ExportError: the file has no metadata.
    """
    content = path.read_bytes()
    packed = model_file.buffer(content, BUFFER)
    if packed is None:
        raise _error(
            f"{path} has no metadata.", "Export it with --metadata, or see what is in it: tf2kit export tflite --help."
        )
    about = metadata_schema.read(packed)
    graph = (about.get("subgraph_metadata") or [{}])[0]
    found: dict[str, Any] = {key: about[key] for key in _MODEL_KEYS if key in about}
    for kind in ("inputs", "outputs"):
        tensors = graph.get(f"{kind[:-1]}_tensor_metadata", [])
        found[kind] = {t.get("name", ""): t.get("description", "") for t in tensors}
        for tensor in tensors:
            found |= _of_tensor(tensor, content)
    return found


def _of_tensor(tensor: Mapping[str, Any], content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for unit in tensor.get("process_units", []):
        if (options := unit.get("options")) and options["table"] == "NormalizationOptions":
            found |= {"normalised": tensor["name"], "mean": options["mean"], "std": options["std"]}
    for file in tensor.get("associated_files", []):
        if file.get("type") == metadata_schema.AXIS_LABELS:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                lines = archive.read(file["name"]).decode().splitlines()
            found |= {"labels_for": tensor["name"], "labels": lines}
    return found


def _input(
    spec: TensorSpec, given: Mapping[str, Any], normalised: str | None, encoded: Collection[str], signature: Signature
) -> dict[str, Any]:
    made: dict[str, Any] = {"name": spec.name}
    if f"{signature.name}/{spec.name}" in encoded:
        made["description"] = f"A text: this input {texts.NOTE}"
    if spec.name != normalised:
        return made
    options = {"table": "NormalizationOptions", "mean": _numbers(given["mean"]), "std": _numbers(given["std"])}
    made["process_units"] = [{"options": options}]
    channels = spec.shape[-1] if spec.shape is not None and len(spec.shape) == 4 else None
    if channels in (1, 3):
        color = metadata_schema.RGB if channels == 3 else metadata_schema.GRAYSCALE
        made["content"] = {"content_properties": {"table": "ImageProperties", "color_space": color}}
    return made


def _output(name: str, classes: str | None) -> dict[str, Any]:
    if name != classes:
        return {"name": name}
    files = [{"name": _LABELS, "description": "Names of the classes", "type": metadata_schema.AXIS_LABELS}]
    content = {"content_properties": {"table": "FeatureProperties"}}
    return {"name": name, "content": content, "associated_files": files}


def _labels(signature: Signature, given: Mapping[str, Any]) -> tuple[Sequence[str], str | None]:
    """The labels and the output that they name."""
    if not (labels := given.get("labels")):
        return (), None
    fitting = [n for n, spec in signature.outputs.items() if spec.shape and spec.shape[-1] in (None, len(labels))]
    name = given.get("labels_for") or (fitting[0] if len(fitting) == 1 else None)
    if name not in fitting:
        sizes = ", ".join(f"{n} {spec.shape}" for n, spec in signature.outputs.items())
        raise _error(
            f"There are {len(labels)} labels; outputs are {sizes}.",
            "Give a label for each class, and labels_for: the output.",
        )
    return [str(label) for label in labels], str(name)


def _normalised(signature: Signature, given: Mapping[str, Any]) -> str | None:
    """The input that mean and std are about."""
    if given.get("mean") is None and given.get("std") is None:
        return None
    fitting = [n for n, spec in signature.inputs.items() if spec.dtype.startswith(("float", "uint8", "int8"))]
    name = given.get("normalised") or (fitting[0] if len(fitting) == 1 else None)
    if name not in fitting or given.get("mean") is None or given.get("std") is None:
        raise _error(
            "A normalisation is a mean and a std of one input.", "Give mean, std and, of several inputs, normalised."
        )
    return str(name)


def _numbers(value: Any) -> list[float]:
    return [float(v) for v in (value if isinstance(value, (list, tuple)) else [value])]


def _with_file(content: bytes, name: str, text: str) -> bytes:
    archive = io.BytesIO(content)
    with zipfile.ZipFile(archive, "a") as files:
        # one fixed date: the same model gives the same file
        files.writestr(zipfile.ZipInfo(name), text)
    return archive.getvalue()


def _error(message: str, todo: str) -> ExportError:
    return ExportError(message, todo=todo, usage=True)
