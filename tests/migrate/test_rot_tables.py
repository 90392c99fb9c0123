"""Every row of the tables of other libraries leads somewhere that exists."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from typing import Any

import pytest
from tf2kit.migrate.rules.runtime.relocation import table

TABLES = ("numpy", "scipy", "sklearn", "stdlib", "python2", "pandas", "plotting")
KEYS = {"to", "todo", "note", "safety", "severity", "arguments", "append", "after", "wrap"}


def resolves(full: str) -> bool:
    """Whether a dotted name can be imported or reached."""
    parts = full.split(".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for count in range(len(parts), 0, -1):
            try:
                found: Any = importlib.import_module(".".join(parts[:count]))
            except ImportError:
                continue
            for part in parts[count:]:
                if not hasattr(found, part):
                    return False
                found = getattr(found, part)
            return True
    return False


def targets(name: str) -> list[tuple[str, str]]:
    return [(old, row["to"]) for old, row in table(name).items() if "to" in row]


@pytest.mark.parametrize("name", TABLES)
def test_every_replacement_exists_in_the_installed_libraries(name: str) -> None:
    roots = {new.split(".")[0] for _, new in targets(name)}
    missing = {root for root in roots if importlib.util.find_spec(root) is None}
    dead = [(old, new) for old, new in targets(name) if new.split(".")[0] not in missing and not resolves(new)]
    assert not dead
    if missing == roots:
        pytest.skip(f"none of {sorted(missing)} is installed")


@pytest.mark.parametrize("name", TABLES)
def test_no_replacement_is_itself_in_a_table(name: str) -> None:
    olds = {old for other in TABLES for old in table(other)}
    assert not [(old, new) for old, new in targets(name) if new in olds]


@pytest.mark.parametrize("name", TABLES)
def test_every_row_has_a_replacement_or_advice_and_only_known_keys(name: str) -> None:
    rows = table(name)
    assert rows
    assert not [old for old, row in rows.items() if ("to" in row) == ("todo" in row) or not set(row) <= KEYS]


def test_the_most_common_removed_names_of_numpy_are_in_the_table() -> None:
    rows = table("numpy")
    assert {old: rows[f"numpy.{old}"]["to"] for old in ("float", "object", "product", "Inf", "trapz", "asfarray")} == {
        "float": "builtins.float",
        "object": "builtins.object",
        "product": "numpy.prod",
        "Inf": "numpy.inf",
        "trapz": "numpy.trapezoid",
        "asfarray": "numpy.asarray",
    }


def test_names_that_numpy_still_has_are_not_in_the_table() -> None:
    pytest.importorskip("numpy")
    assert not [n for n in ("numpy.bool", "numpy.int_", "numpy.float32", "numpy.random.seed") if n in table("numpy")]
