"""Names of pandas that moved or are gone.

## What it does
Moves `pandas.scatter_matrix`, `pandas.io.json.json_normalize`, `pandas.util.testing` and others to their new homes.
`pandas.rolling_mean` and its kin, `pandas.Panel`, `DataFrame.from_csv` and others without a drop-in replacement are
reported.

## Why
pandas 0.25 to 3 removed them.

## Example
```python
pd.scatter_matrix(frame)
```
```python
pd.plotting.scatter_matrix(frame)
```

## What to do by hand
Each finding names the replacement. For methods of frames see ROT316.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT305", "pandas-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that pandas lacks today."""
    return findings(module, "ROT305", table("pandas"))
