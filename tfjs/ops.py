"""What TF.js can run, measured on the package itself.

ops.json is made by ``python -m tf2kit.tfjs.ops``, which reads the op lists of the @tensorflow/tfjs-converter that is installed for us.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from tf2kit.export.lower import LoweringError

_TABLE = Path(__file__).with_name("ops.json")
# executed by TF.js as "if", which its analysis looks for in lower case
_WAITING_TOO = frozenset({"If"})
# in the lists, but what comes out is wrong: `rules.py` must have replaced it
_WRONG = frozenset({"MatrixBandPart"})


@cache
def _table() -> dict[str, Any]:
    return dict(json.loads(_TABLE.read_text()))


def check(graph_def: Any) -> None:
    """Look at every op, in the bodies of loops too.

    Raises:
      LoweringError: ops that TF.js lacks; all of them are named.
    """
    known = frozenset(_table()["ops"]) - _WRONG
    missing: dict[str, str] = {}
    for node in _nodes(graph_def):
        if node.op not in known:
            missing.setdefault(node.op, node.name)
    if not missing:
        return
    listed = ", ".join(f"{op} ({name})" for op, name in sorted(missing.items()))
    message = f"TF.js {_table()['version']} has no {listed}. Write this part of the model with other ops, or leave it out of the signature."
    raise LoweringError(message, *next(iter(sorted(missing.items()))))


def asynchronous(graph_def: Any) -> list[str]:
    """Ops for which a model must be run with ``executeAsync``; none: ``predict`` works."""
    return _waiting(node.op for node in _nodes(graph_def))


def asynchronous_json(topology: Mapping[str, Any]) -> list[str]:
    """The same for the modelTopology of a model.json."""
    functions = topology.get("library", {}).get("function", ())
    lists = [topology.get("node", ()), *(function.get("nodeDef", ()) for function in functions)]
    return _waiting(node["op"] for nodes in lists for node in nodes)


def _waiting(found: Iterable[str]) -> list[str]:
    waiting = frozenset(_table()["asynchronous"]) | _WAITING_TOO
    return sorted({op for op in found if op in waiting})


def _nodes(graph_def: Any) -> Iterator[Any]:
    yield from graph_def.node
    for function in graph_def.library.function:
        yield from function.node_def


def _renew() -> None:
    from . import nodejs

    _TABLE.write_text(nodejs.script("ops.mjs") + "\n")


if __name__ == "__main__":
    _renew()
