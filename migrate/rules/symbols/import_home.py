"""TensorFlow 1 names are imported from where they live now: `tensorflow.compat.v1`.

## What it does
Makes every import form of a TF 1 program point at `tensorflow.compat.v1`: `import tensorflow`, aliases other than `tf`,
`from tensorflow import x`, `import tensorflow.keras.layers as l`. Private modules (`tensorflow.python.…`) stay where they are, and
what the official script moved to places that do not exist (`tensorflow.compat.v1.python.…`) is moved back.

## Why
`tensorflow` is the TF 2 name space today: placeholders, sessions and 900 other names are gone from it, and some (`tf.summary.scalar`) are
there with another meaning. `tensorflow.compat.v1` is the old name space, whole, on the same engine.

## Example
```python
from tensorflow import placeholder, Session
```
```python
from tensorflow.compat.v1 import placeholder, Session
```

## What to do by hand
Nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix, Severity
from ...imports import aliases_by_statement, module_path, move_aliases
from ...symbols import V1
from .. import rule

if TYPE_CHECKING:
    from ...module import Module
    from ...scopes import Imported, ImportStatement

# Importable only below ``tensorflow`` itself, or the business of the contrib rules.
_ELSEWHERE = ("python", "contrib", "examples", "models", "estimator", "compat", "core", "tools", "lite")
# Attributes of compat.v1 that are not importable as modules below it.
_NOT_MODULES = {"app.flags": "flags"}


@rule("SYM101", "import-home", "official")
def check(module: Module) -> Iterator[Finding]:
    """Point imports of TensorFlow at compat.v1."""
    for node, aliases in aliases_by_statement(module.imports).items():
        targets = {a.alias: new for a in aliases if (new := _new_target(a, module)) is not None and new != a.target}
        if targets:
            start, end = module.span(node)
            yield Finding(
                "SYM101",
                f"{module.slice(node).decode().split(chr(10))[0]}: TF 1 names are in {V1} now",
                start,
                end,
                move_aliases(module, node, dict(targets)),
                Severity.ERROR,
                symbol="tf",
            )

    for home, star in module.names.stars:
        new = _new_home(home, star, module)
        if new is not None and new != home:
            fix = Fix((Edit(*module_path(module, star), new.encode()),))
            message = f"from {home} import *: TF 1 names are in {V1} now"
            yield Finding("SYM101", message, *module.span(star), fix, symbol="tf")


def _new_target(imported: Imported, module: Module) -> str | None:
    return _new_home(imported.target, imported.node, module)


def _new_home(target: str, node: ImportStatement, module: Module) -> str | None:
    parts = target.split(".")
    if parts[0] != "tensorflow":
        return None
    rest = parts[1:]
    was_v1 = rest[:2] == ["compat", "v1"]
    rest = rest[2:] if was_v1 else rest
    if rest and rest[0] in ("python", "core", "tools"):  # never below compat.v1
        return ".".join(["tensorflow", *rest])
    if was_v1:
        return _real_module(rest)
    if module.spelled_out and isinstance(node, ast.Import) and not rest:
        return None
    if rest and rest[0] in _ELSEWHERE:
        return None
    return _real_module(rest)


def _real_module(rest: list[str]) -> str:
    dotted = ".".join(rest)
    for old, new in _NOT_MODULES.items():
        if dotted == old or dotted.startswith(old + "."):
            dotted = new + dotted[len(old) :]
    return f"{V1}.{dotted}" if dotted else V1
