"""The line `%tensorflow_version 1.x` asks Colab for a TensorFlow that it no longer has.

## What it does

The line becomes a comment that says why. Inside a block (`try:` and the like) it becomes `pass` with the comment, so that the
block keeps a body. `%tensorflow_version 2.x` is left alone.

## Why

Colab removed TensorFlow 1 in 2022; the line raises an error there, and no other Jupyter knows it.

## Example

```python
%tensorflow_version 1.x
import tensorflow as tf
```

```python
# %tensorflow_version 1.x: removed by tf2kit, Colab has TensorFlow 2 only
import tensorflow as tf
```

## What to do by hand

Nothing. Delete the comment when you like. To run the old notebook as it is instead, begin it with `%load_ext tf2kit`: the line then
works again, and cells are migrated in memory.
"""

from __future__ import annotations

import re

from .. import document

CODE = document(__name__, "NBK502", "colab-tensorflow-version", "source")

_LINE = re.compile(r"%tensorflow_version[ \t]+['\"]?v?1(?![0-9])[^\r\n]*")


def rewrite(magic: str, indented: bool) -> str | None:
    """What replaces the line ``magic`` (without its indentation); None when it does not ask for TensorFlow 1."""
    if not _LINE.fullmatch(magic):
        return None
    version = magic.split("#", 1)[0].strip()
    return ("pass  " if indented else "") + f"# {version}: removed by tf2kit, Colab has TensorFlow 2 only"
