"""Names of scikit-learn that moved or are gone.

## What it does
Moves `sklearn.cross_validation`, `grid_search` and `learning_curve` to `sklearn.model_selection`,
`sklearn.externals.joblib` to `joblib`, and classes that were imported from modules that are private now
(`sklearn.manifold.t_sne.TSNE`) to their public home. Where a default changed, the move is only made with
`--unsafe-fixes`. Classes that work differently now (`KFold` of `cross_validation`, `Imputer`, `GMM`) and data sets
that are gone are reported.

## Why
scikit-learn 0.20 to 1.2 removed them: `ModuleNotFoundError` or `ImportError`.

## Example
```python
from sklearn.cross_validation import train_test_split
```
```python
from sklearn.model_selection import train_test_split
```

## What to do by hand
Each finding names the replacement. The names are in `migrate/tables/rot_sklearn.json`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT303", "sklearn-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that scikit-learn lacks today."""
    return findings(module, "ROT303", table("sklearn"))
