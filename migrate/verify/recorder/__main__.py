"""``python …/recorder CONFIG``: load this folder as a package under a name of its own, and run what CONFIG says."""

from __future__ import annotations

import importlib.util
import os
import sys
from typing import Any

_NAME = "_tf2kit_recorder"


def _load() -> Any:
    here = os.path.dirname(os.path.abspath(__file__))
    del sys.path[0]  # this folder, whose modules must not hide anybody's
    init = os.path.join(here, "__init__.py")
    spec = importlib.util.spec_from_file_location(_NAME, init, submodule_search_locations=[here])
    assert spec is not None
    assert spec.loader is not None
    package = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = package
    spec.loader.exec_module(package)
    return importlib.import_module(_NAME + ".program")


if __name__ == "__main__":
    sys.exit(_load().main(sys.argv[1]))
