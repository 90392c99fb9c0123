"""What all tests share: quiet child processes, the two sizes of property tests, and the models that are exported."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

# the same cases every time in `make test`; new ones each time, and many, in `make fuzz`; no test depends on the clock
_common = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large]}
settings.register_profile("default", max_examples=100, derandomize=True, **_common)
settings.register_profile("fuzz", max_examples=10_000, print_blob=True, **_common)
settings.load_profile("default")


@pytest.fixture(scope="session")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Name of a model → the model as something to export; all processes of a test run share what is built."""
    from tests.export.zoo import build

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "zoo"
    return lambda name: build(name, folder)
