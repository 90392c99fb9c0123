"""Names of Matplotlib, Pillow, NetworkX and seaborn that moved or are gone.

## What it does
Rewrites `Image.ANTIALIAS` to `Image.LANCZOS` (the same filter), `plt.cm.get_cmap` to `plt.get_cmap`,
`mpl_toolkits.axes_grid` to `axes_grid1` and others. `plt.hold`, `matplotlib.finance`, `networkx.to_numpy_matrix` and
others without a drop-in replacement are reported.

## Why
Matplotlib 3.0 to 3.11, Pillow 10 and NetworkX 3 removed them.

## Example
```python
small = image.resize((28, 28), Image.ANTIALIAS)
```
```python
small = image.resize((28, 28), Image.LANCZOS)
```

## What to do by hand
Each finding names the replacement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT306", "plotting-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that plotting and picture libraries lack today."""
    return findings(module, "ROT306", table("plotting"))
