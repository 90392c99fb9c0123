"""Everything that TensorFlow 1.15 had and the target lost is either rewritten or reported with what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.laws.support import ROOT, one

_ROWS = json.loads((ROOT / "migrate" / "tables" / "symbols.json").read_bytes())["names"]
_DEAD = sorted(n for flags, names in _ROWS.items() if "1" in flags and not set(flags) & {"3", "L"} for n in names)
_CONTRIB = json.loads((Path(__file__).parent / "data" / "contrib.json").read_bytes())
# about the import of TensorFlow and the program as a whole; they say nothing about a name
_PROGRAM = ("RUN401", "RUN402", "SYM101")


def _answered(text: str) -> bool:
    """Whether some finding about the name was mended or says what to do."""
    result = one(text)
    told = [d for d in result.diagnostics if d.code not in _PROGRAM]
    return any(d.fixed or d.todo for d in told) and all(d.fixed or d.todo for d in told)


def _forms(name: str) -> list[str]:
    """The ways to reach a dotted name ``tf.a.b``, in a program that is TensorFlow 1 without doubt."""
    return ["from tensorflow import placeholder\n" + text for text in _reached(name)]


def _reached(name: str) -> list[str]:
    path, _, leaf = name.replace("tf.", "tensorflow.", 1).rpartition(".")
    return [
        f"import tensorflow as tf\nprint({name})\n",
        f"import tensorflow as t\nprint({name.replace('tf.', 't.', 1)})\n",
        f"import tensorflow\nprint(tensorflow{name.removeprefix('tf')})\n",
        f"from {path} import {leaf}\nprint({leaf})\n",
        f"import tensorflow as tf\nalias = {name.rpartition('.')[0]}\nprint(alias.{leaf})\n",
    ]


def test_the_table_still_lists_names_that_died() -> None:
    assert len(_DEAD) > 100
    assert len(_CONTRIB["modules"]) > 80
    assert len(_CONTRIB["symbols"]) > 80


@pytest.mark.parametrize("form", range(5), ids=["alias tf", "other alias", "no alias", "from import", "rebound"])
def test_every_name_that_died_has_a_rewrite_or_a_finding_with_what_to_do(form: int) -> None:
    assert [n for n in _DEAD if not _answered(_forms(n)[form])] == []


@pytest.mark.parametrize("form", range(5), ids=["alias tf", "other alias", "no alias", "from import", "rebound"])
def test_every_module_of_contrib_has_a_rewrite_or_a_finding_with_what_to_do(form: int) -> None:
    names = [f"tf.contrib.{module}" for module in _CONTRIB["modules"]]
    names += [f"tf.contrib.{module}.something" for module in _CONTRIB["modules"]]
    assert [n for n in names if not _answered(_forms(n)[form])] == []


@pytest.mark.parametrize("form", range(5), ids=["alias tf", "other alias", "no alias", "from import", "rebound"])
def test_every_name_of_contrib_that_public_programs_use_has_a_rewrite_or_a_finding(form: int) -> None:
    assert [n for n in _CONTRIB["symbols"] if not _answered(_forms(n)[form])] == []
