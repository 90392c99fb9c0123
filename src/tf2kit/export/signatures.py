"""A SavedModel and its signatures as plain data, which passes between processes as JSON."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class TensorSpec:
    """One input or output.

    Attributes:
      name: its name in the signature.
      shape: sizes; None where a size is open. None as a whole where not even the rank is known.
      dtype: name of the type as TensorFlow spells it: float32, int64, string, …
      low: least value of integers that make sense, such as the first row of an embedding.
      high: first value that no longer does; None where nothing is known.
      words: strings that the model knows.
      text: whether the model takes strings apart.
    """

    name: str
    shape: tuple[int | None, ...] | None
    dtype: str
    low: int = 0
    high: int | None = None
    words: tuple[str, ...] = ()
    text: bool = False


@dataclass(frozen=True)
class Signature:
    """A function of a SavedModel: names in the order that the model gives them.

    Attributes:
      pure: whether calling it changes nothing: no variable, no file.
    """

    name: str
    inputs: Mapping[str, TensorSpec]
    outputs: Mapping[str, TensorSpec]
    pure: bool = True


@dataclass(frozen=True)
class Exportable:
    """A model on its way out.

    Attributes:
      saved_model: folder of the SavedModel.
      signatures: those to export, by name.
      origin: what the user named.
      kind: what that was: Keras model, SavedModel, frozen graph, …
    """

    saved_model: Path
    signatures: Mapping[str, Signature]
    origin: str = ""
    kind: str = ""

    @property
    def main(self) -> Signature:
        """The first signature; targets that hold one export this."""
        return next(iter(self.signatures.values()))

    def to_json(self) -> dict[str, Any]:
        """As data for `from_json`."""
        signatures = [
            {
                "name": s.name,
                "inputs": [dataclasses.asdict(x) for x in s.inputs.values()],
                "outputs": [dataclasses.asdict(x) for x in s.outputs.values()],
                "pure": s.pure,
            }
            for s in self.signatures.values()
        ]
        return {
            "saved_model": str(self.saved_model),
            "signatures": signatures,
            "origin": self.origin,
            "kind": self.kind,
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Exportable:
        """What `to_json` wrote."""
        signatures = {
            s["name"]: Signature(s["name"], _specs(s["inputs"]), _specs(s["outputs"]), s["pure"])
            for s in data["signatures"]
        }
        return Exportable(Path(data["saved_model"]), signatures, data["origin"], data["kind"])


def _specs(rows: list[dict[str, Any]]) -> dict[str, TensorSpec]:
    def shape(row: dict[str, Any]) -> tuple[int | None, ...] | None:
        return None if row["shape"] is None else tuple(row["shape"])

    return {row["name"]: TensorSpec(**{**row, "shape": shape(row), "words": tuple(row["words"])}) for row in rows}
