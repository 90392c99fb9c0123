"""On every file of the project that the real tf_upgrade_v2 converts, our call of it gives the same text."""

from __future__ import annotations

import pytest

from tests.conformance import compare
from tests.laws.support import LEGACY


@pytest.mark.slow
def test_the_official_pass_gives_the_text_that_the_command_line_gives() -> None:
    outcome = compare(LEGACY)
    assert outcome.files > 10
    assert outcome.different == []
    assert outcome.dead == []
    assert outcome.equal >= 2 * (outcome.files - 2)
    assert {key.rpartition("/")[2] for key in outcome.failed} <= {"softmax_python2.py"}
