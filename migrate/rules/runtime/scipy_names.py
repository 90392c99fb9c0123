"""Names of SciPy that moved or are gone.

## What it does
Moves `scipy.misc.comb`, `logsumexp` and others to `scipy.special`, windows such as `scipy.signal.hann` to
`scipy.signal.windows`, `scipy.integrate.trapz` to `trapezoid`, `scipy.ndimage.filters.x` to `scipy.ndimage.x`, and
the NumPy functions that SciPy used to offer (`scipy.array`, `scipy.randn`) to NumPy. The picture functions
(`scipy.misc.imread`, `imsave`, `imresize`, `toimage`) are reported.

## Why
SciPy 1.0 to 1.17 removed them: `AttributeError` or `ImportError`.

## Example
```python
from scipy.misc import logsumexp
```
```python
from scipy.special import logsumexp
```

## What to do by hand
For pictures use Pillow. `scipy.misc.imsave`, `imresize` and `toimage` stretched floats to 0..255 first: do that
yourself with `((x - x.min()) * (255.0 / (x.max() - x.min()))).astype(numpy.uint8)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from .relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("ROT302", "scipy-name", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report names that SciPy lacks today."""
    return findings(module, "ROT302", table("scipy"))
