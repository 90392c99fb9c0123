"""The default mode of `tf_upgrade_v2` rewrote a call so that an argument means something else.

## What it does
Looks for two rewrites of the default mode that are wrong: `tf.nn.dropout(x, keep_prob, noise_shape)` comes out with the noise shape in the
place of `rate`, and a name given to `tf.decode_raw` by position becomes a length. A noise shape of `None` is taken out.

## Why
`TypeError: got multiple values for argument 'rate'`, or a decoder that pads.

## Example
```python
y = tf.nn.dropout(x, 0.5, None)
```
```python
y = tf.nn.dropout(x, rate=1 - (0.5))
```

## What to do by hand
Give the argument by its name: `noise_shape=`, `name=`. The safety mode, which is the default, does not rewrite calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule

if TYPE_CHECKING:
    from ...module import Module


@rule("OFC103", "wrong-rewrite", "symbols")
def check(module: Module) -> Iterator[Finding]:
    """Mend or report calls that the default mode got wrong."""
    if module.options.official != "default":
        return
    for use in module.uses:
        call = use.call
        if call is None:
            continue
        if use.full == "tensorflow.nn.dropout" and len(call.args) > 1 and any(k.arg == "rate" for k in call.keywords):
            shape = call.args[1]
            none = isinstance(shape, ast.Constant) and shape.value is None and len(call.args) == 2
            edit = Edit(module.span(call.args[0])[1], module.span(shape)[1], b"")
            message = "the second argument of tf.nn.dropout is its rate now, and rate= is given too"
            todo = "Give the noise shape by its name: noise_shape=."
            yield Finding("OFC103", message, *module.span(call), Fix((edit,)) if none else None, todo=todo)
        elif use.full == "tensorflow.io.decode_raw" and len(call.args) > 3:
            message = "the fourth argument of tf.io.decode_raw is a length now, it was a name"
            yield Finding("OFC103", message, *module.span(call), todo="Give it by its name: name=.")
