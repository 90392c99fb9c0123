"""A line of this notebook installs TensorFlow 1, which no supported Python can install.

## What it does

In `!pip install`, `%pip install`, `!python -m pip install` and inside `%%bash` and `%%sh` cells, a requirement that admits
only TensorFlow 1 becomes `tensorflow==2.21.*`. `tensorflow-gpu`, with a version 1 or without any, becomes `tensorflow==2.21.*`
too: that package was withdrawn, and `tensorflow` has the GPU support. So does the address of a TensorFlow 1 wheel. Quotes, extras,
flags and other packages of the line stay. Lines for conda are reported, not changed.

## Why

TensorFlow 1.15 needs Python 3.7 or older. The line fails, and the cells after it run on whatever was installed before.

## Example

```python
!pip install -q tensorflow-gpu==1.15.0 matplotlib
```

```python
!pip install -q tensorflow==2.21.* matplotlib
```

## What to do by hand

Look at the other pins of the line: `keras==2.2.4`, `numpy<1.17` or `tensorflow-probability==0.8` belong to TensorFlow 1 and will
not install beside TensorFlow 2.21. Remove such pins. For conda, install with pip: `pip install 'tensorflow==2.21.*'`.
"""

from __future__ import annotations

import re

from .. import document

CODE = document(__name__, "NBK503", "pip-install-tensorflow-1", "source")
TARGET = "tensorflow==2.21.*"

# one shell command: up to the end of its line (continued lines included) or a separator
_COMMAND = re.compile(r"\b(pip[0-9.]*|conda|mamba)[ \t]+(?:-\S+[ \t]+)*install\b((?:\\\r?\n|&(?!&)|[^\r\n;&|])*)")
_REQUIREMENT = re.compile(
    r"(?<![\w./=-])(?P<quote>['\"]?)tensorflow(?P<kind>[-_](?:gpu|cpu))?(?P<extra>\[[\w, -]*\])?"
    r"(?P<spec>[ \t]*[<>=!~]{1,3}[ \t]*[0-9][^\s'\";|&,]*(?:[ \t]*,[ \t]*[<>=!~]{1,3}[ \t]*[0-9][^\s'\";|&,]*)*)?"
    r"(?P=quote)(?=[\s'\";|&)]|$)"
)
_WHEEL = re.compile(r"(?P<quote>['\"]?)[^\s'\"]*/tensorflow(?:[-_][a-z]+)?-[01]\.[^\s'\"]*\.whl(?P=quote)")
_BOUND = re.compile(r"([<>=!~]+)[ \t]*([0-9]+)((?:\.[0-9*x]+)*)")


def rewrite(shell: str) -> str | None:
    """``shell`` (the text of a magic line or cell) with TensorFlow 1 requirements brought up; None when there are none."""
    new = _COMMAND.sub(lambda m: m[0] if m[1] in ("conda", "mamba") else _command(m[0]), shell)
    return new if new != shell else None


def needs_a_person(shell: str) -> bool:
    """Whether ``shell`` installs TensorFlow 1 in a way that `rewrite` leaves alone (conda)."""
    found = (m for m in _COMMAND.finditer(shell) if m[1] in ("conda", "mamba"))
    return any(_is_old(r) for m in found for r in _REQUIREMENT.finditer(m[0]))


def _command(command: str) -> str:
    command = _WHEEL.sub(lambda m: f"{m['quote']}{TARGET}{m['quote']}", command)
    return _REQUIREMENT.sub(_modern, command)


def _modern(found: re.Match[str]) -> str:
    if not _is_old(found):
        return found[0]
    return f"{found['quote']}{TARGET.replace('==', (found['extra'] or '') + '==')}{found['quote']}"


def _is_old(found: re.Match[str]) -> bool:
    """Whether a requirement admits only TensorFlow 1 (or names the withdrawn GPU package without a version)."""
    if not found["spec"]:
        return bool(found["kind"]) and found["kind"].endswith("gpu")
    return any(_below_two(*bound) for bound in _BOUND.findall(found["spec"]))


def _below_two(operator: str, major: str, rest: str) -> bool:
    if operator == "<":
        return int(major) < 2 or (int(major) == 2 and not rest.strip(".0*x"))
    return operator in ("==", "===", "=", "~=", "<=") and int(major) < 2
