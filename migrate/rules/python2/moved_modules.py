"""Modules and functions that Python 3 keeps elsewhere.

## What it does
Moves imports and uses: `cPickle` to `pickle`, `urllib.urlretrieve` to `urllib.request.urlretrieve`, `urllib2` to
`urllib.request`, `StringIO` to `io`, `ConfigParser`, `Queue`, `commands.getoutput`, `itertools.izip` and others.
Names in the program stay: `import cPickle` becomes `import pickle as cPickle`. Imports under `try … except
ImportError`, under a test of the Python version, from `six.moves`, and modules of your own tree are left alone.

## Why
Python 3 stops with `ModuleNotFoundError`.

## Example
```python
import cPickle as pickle
import urllib
urllib.urlretrieve(url, path)
```
```python
import pickle
import urllib
import urllib.request
urllib.request.urlretrieve(url, path)
```

## What to do by hand
A pickle that Python 2 wrote with NumPy arrays in it needs `pickle.load(f, encoding="latin1")`. Files for `pickle` are
opened with `"rb"` and `"wb"`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Finding
from .. import rule
from ..runtime.relocation import findings, table

if TYPE_CHECKING:
    from ...module import Module


@rule("PY216", "python2-module", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report modules of Python 2."""
    return findings(module, "PY216", table("python2"))
