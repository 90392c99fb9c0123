"""Every model of the zoo as a float32 file without select ops, in LiteRT."""

import pytest

from tests.export.zoo import ANIMALS

from .files import make

pytestmark = pytest.mark.slow

# where bytes stand for strings
_TEXTS = {"text_vectorization"}


@pytest.mark.parametrize("name", ANIMALS)
def test_a_float_file_gives_the_numbers_of_the_model(name, zoo, tmp_path):
    animal = ANIMALS[name]
    made = make(zoo(name), tmp_path / "m.tflite", inputs=animal.inputs, outputs=animal.outputs)
    assert made.error() <= 1e-5
    assert bool(made.info["texts"]) == (name in _TEXTS)
    assert not any("select ops" in note for note in made.info["notes"])


def test_a_fixed_batch_keeps_loops_short(zoo, tmp_path):
    opened = make(zoo("lstm"), tmp_path / "open.tflite")
    fixed = make(zoo("lstm"), tmp_path / "fixed.tflite", batch=2)
    assert fixed.error(count=2) <= 1e-5
    assert sum(fixed.info["ops"].values()) < sum(opened.info["ops"].values()) / 5
