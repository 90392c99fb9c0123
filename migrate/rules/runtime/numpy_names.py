"""Names that NumPy 2 does not have.

## What it does
Rewrites the names of NumPy 1 that were renamed or were aliases: `np.float` to `float`, `np.float_` to `np.float64`,
`np.product` to `np.prod`, `np.Inf` to `np.inf`, `np.trapz` to `np.trapezoid` and some hundred more, through every
form of import. `np.asscalar(x)`, `np.in1d(a, b)`, `np.asfarray(x)` and `np.msort(x)` become expressions with the same
value. Names with no replacement are reported.

`np.bool` stays: NumPy 2 has it again, as its own type, which works wherever a dtype is meant.

## Why
NumPy 1.20 to 2.4 removed them: `AttributeError: module 'numpy' has no attribute 'float'`. The TensorFlow of today
installs NumPy 2.

## Example
```python
x = np.asarray(rows, dtype=np.float)
```
```python
x = np.asarray(rows, dtype=float)
```

## What to do by hand
Each finding names the replacement. The names are in `migrate/tables/rot_numpy.json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT301", "numpy-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that NumPy 2 lacks."""
    return findings(module, "ROT301", table("numpy"))
