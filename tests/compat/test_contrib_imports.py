"""Importing tf2kit.compat costs nothing, and a part that is missing says what to use instead. TensorFlow is not started here."""

from __future__ import annotations

import importlib
import subprocess
import sys

import pytest

from tf2kit.compat import contrib


def test_importing_contrib_loads_neither_tensorflow_nor_numpy() -> None:
    code = "import sys, tf2kit.compat.contrib; print([m for m in ('tensorflow', 'numpy', 'tf_slim', 'tf_keras') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


@pytest.mark.parametrize("path", ["boosted_trees.proto", "boosted_trees", "tensor_forest.python"])
def test_importing_a_part_that_is_gone_names_the_replacement(path: str) -> None:
    with pytest.raises(ModuleNotFoundError, match="tensorflow_decision_forests"):
        importlib.import_module("tf2kit.compat.contrib." + path)


def test_importing_a_part_that_is_not_there_yet_says_so() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"tf\.contrib\.nothing is not in this version of tf2kit"):
        importlib.import_module("tf2kit.compat.contrib.nothing")


def test_from_import_of_a_part_that_is_gone_names_the_replacement() -> None:
    with pytest.raises(ImportError, match="tensorflow-probability"):
        from tf2kit.compat.contrib import bayesflow  # noqa: F401


def test_an_attribute_that_is_gone_is_an_attribute_error_with_the_replacement() -> None:
    with pytest.raises(AttributeError, match="tensorflow-gan"):
        _ = contrib.gan
    assert not hasattr(contrib, "gan")
