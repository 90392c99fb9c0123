"""Keyword arguments of NumPy, scikit-learn, Matplotlib and others that were renamed or dropped.

## What it does
Renames `normed` of histograms to `density`, `n_iter` of `TSNE` to `max_iter`, and `sparse` of `OneHotEncoder` to
`sparse_output`. Drops `encoding` of `json.loads` where it is a constant: it did nothing. Reports `n_jobs` of
`KMeans`, `error_bad_lines` of `pandas.read_csv` and others.

## Why
The libraries raise `TypeError: … got an unexpected keyword argument`.

## Example
```python
plt.hist(losses, 50, normed=True)
```
```python
plt.hist(losses, 50, density=True)
```

## What to do by hand
Each finding says what to write instead.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...findings import Edit, Finding, Fix
from .. import rule
from ..python2.scan import method_calls
from .calls import calls_of, keyword

if TYPE_CHECKING:
    from ...module import Module

_RENAMED = {
    ("numpy.histogram", "normed"): "density",
    ("numpy.histogram2d", "normed"): "density",
    ("numpy.histogramdd", "normed"): "density",
    ("numpy.reshape", "newshape"): "shape",
    ("matplotlib.pyplot.hist", "normed"): "density",
    ("matplotlib.pyplot.hist2d", "normed"): "density",
    ("sklearn.manifold.TSNE", "n_iter"): "max_iter",
    ("sklearn.preprocessing.OneHotEncoder", "sparse"): "sparse_output",
}
_DROPPED = {
    ("json.loads", "encoding"),
    ("json.load", "encoding"),
    ("json.dumps", "encoding"),
    ("json.dump", "encoding"),
}
_CHANGED = {
    ("sklearn.cluster.KMeans", "n_jobs"): "remove it; KMeans uses all cores",
    ("sklearn.cluster.KMeans", "precompute_distances"): "remove it; it has no effect",
    ("sklearn.preprocessing.OneHotEncoder", "n_values"): "use categories",
    ("sklearn.preprocessing.OneHotEncoder", "categorical_features"): "use sklearn.compose.ColumnTransformer",
    ("sklearn.model_selection.GridSearchCV", "iid"): "remove it; folds have equal weights now",
    ("sklearn.model_selection.RandomizedSearchCV", "iid"): "remove it; folds have equal weights now",
    ("pandas.read_csv", "error_bad_lines"): "use on_bad_lines='skip' for False",
    ("pandas.read_csv", "warn_bad_lines"): "use on_bad_lines='warn' for True",
    ("pandas.read_csv", "delim_whitespace"): r"use sep=r'\s+'",
    ("pandas.read_csv", "squeeze"): "call .squeeze('columns') on the result",
    ("pandas.read_csv", "prefix"): "name the columns afterwards",
    ("pandas.read_csv", "mangle_dupe_cols"): "remove it; True is what happens",
    ("pandas.get_dummies", "labels"): "remove it",
}
_KEYWORDS = {name for _, name in (*_RENAMED, *_DROPPED, *_CHANGED)}


@rule("ROT315", "renamed-argument", "runtime")
def check(module: Module) -> Iterator[Finding]:
    """Report keyword arguments that libraries no longer take."""
    if not any(name.encode() in module.text for name in _KEYWORDS):
        return
    for use, call in calls_of(module, {f for f, _ in (*_RENAMED, *_DROPPED, *_CHANGED)}):
        for given in call.keywords:
            key = (use.full, given.arg or "")
            if key in _RENAMED:
                yield _renamed(module, given, use.full, _RENAMED[key])
            elif key in _DROPPED:
                yield _dropped(module, call, given, use.full)
            elif key in _CHANGED:
                yield Finding(
                    "ROT315", f"{use.full} has no argument {given.arg}", *module.span(given), todo=_CHANGED[key]
                )
    if any(u.full.startswith("matplotlib") for u in module.uses):
        for call, method in method_calls(module, {"hist", "hist2d"}):
            if (normed := keyword(call, "normed")) is not None:
                yield _renamed(module, normed, method.attr, "density")


def _renamed(module: Module, given: ast.keyword, function: str, new: str) -> Finding:
    start, _ = module.span(given)
    end = start + len((given.arg or "").encode())
    message = f"the argument {given.arg} of {function} is {new} now"
    return Finding("ROT315", message, start, end, Fix((Edit(start, end, new.encode()),)), todo=f"write {new}")


def _dropped(module: Module, call: ast.Call, given: ast.keyword, function: str) -> Finding:
    start, end = module.span(given)
    before = [module.span(n)[1] for n in (*call.args, *(k.value for k in call.keywords)) if n is not given.value]
    behind = [b for b in before if b <= start]
    fix = Fix((Edit(max(behind), end, b""),)) if behind and isinstance(given.value, ast.Constant) else None
    return Finding(
        "ROT315", f"{function} has no argument {given.arg}; it had no effect", start, end, fix, todo="remove it"
    )
