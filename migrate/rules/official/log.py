"""TensorFlow's own `tf_upgrade_v2` made the first rewrite, or says something about a line.

## What it does
The real `tf_upgrade_v2` of the installed TensorFlow makes the first rewrite of every file, in its safety mode: it swaps the import of
`tensorflow` for `tensorflow.compat.v1` and keeps the code. Its log lines are shown here as notes. `--official default` lets it rename
symbols one by one instead; then its warnings count as findings.

## Why
It is the reference. What it would have left broken is reported and mended by the rules of the SYM, CTB and RUN families, which know more
about each place: what it calls an error (`tf.flags`, `tf.contrib.layers.…`) is often fine, and what breaks it often does not mention.

## Example
```python
import tensorflow as tf
```
```python
import tensorflow.compat.v1 as tf
```

## What to do by hand
Nothing in safety mode. In default mode, read each warning; `tf2kit explain` has a page for every symbol family.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix, Severity
from ...options import OfficialMode
from .. import document

if TYPE_CHECKING:
    from ...module import Module
    from ...official import LogLine

CODE = document(__name__, "OFC101", "official-log", "official")
_SEVERITY = {"INFO": Severity.NOTE, "WARNING": Severity.WARNING, "ERROR": Severity.ERROR}


def findings(module: Module, log: Sequence[LogLine], edits: Sequence[Edit]) -> Iterator[Finding]:
    """One finding for each log line; the script's edits as a whole hang on the first, since its log does not say which line made which."""
    mode: OfficialMode = module.options.official
    fix = Fix(tuple(edits)) if edits else None
    if fix is not None:
        yield Finding(
            CODE, f"tf_upgrade_v2 ({mode} mode) rewrites this file", edits[0].start, edits[0].end, fix, Severity.NOTE
        )
    for line in log:
        if mode == "safety" and line.severity == "INFO":
            continue
        severity = Severity.NOTE if mode == "safety" else _SEVERITY[line.severity]
        start = module.offset(min(max(line.line, 1), len(module.starts)), 0) + max(line.column, 0)
        start = min(start, len(module.text))
        yield Finding(
            CODE,
            f"tf_upgrade_v2: {line.message}",
            start,
            start,
            severity=severity,
            todo="See what our own rules say of this line.",
        )
