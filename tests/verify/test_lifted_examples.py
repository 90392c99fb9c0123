"""Slips in native programs of examples/modern are noticed: each kind of slip in a program where it can be made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from tf2kit.migrate.verify import recording
from tf2kit.migrate.verify.lab import Options
from tf2kit.migrate.verify.stage import Program
from tf2kit.migrate.verify.verify import verify

from examples import goldens, native, programs

from .zygote import Zygote


@dataclass(frozen=True, slots=True)
class Slip:
    """An edit of native text, at the first place that ``pattern`` finds; ``what`` finishes "It is noticed when …"."""

    what: str
    pattern: str
    new: str

    def edited(self, text: str) -> str | None:
        """The text with the slip; None when it cannot be made there."""
        new, count = re.subn(self.pattern, self.new, text, count=1, flags=re.MULTILINE)
        return new if count and new != text else None


SLIPS = (
    Slip("the last variable is not trained", r"zip\(gradients, variables\)", "zip(gradients[:-1], variables[:-1])"),
    Slip("nothing is trained", r"^( +)\S*optimizer\S*\.apply_gradients\(.*\)$", r"\1pass"),
    Slip("an optimizer is another one", r"keras\.optimizers\.Adam\(", "keras.optimizers.Adamax("),
    Slip("a rate is lost", r"keras\.optimizers\.SGD\(([^()]*)\)", r"keras.optimizers.SGD()"),
    Slip("RMSProp starts as in Keras", r"= RMSProp\(", "= tf.keras.optimizers.RMSprop("),
    Slip("a mean of the loss became a sum", r"(loss\w* = .*)reduce_mean", r"\1reduce_sum"),
    Slip("an activation is missing", r"tf\.(?:nn\.)?(?:relu|tanh|elu|softplus|sigmoid)\b(?=[,)])", "None"),
    Slip("an activation is another one", r"tf\.(?:nn\.)?(?:relu|tanh|elu|softplus)\((?=\w)", "tf.nn.sigmoid("),
    Slip("an initialiser has another deviation", r"stddev=(0?\.\d+|1\.0)", r"stddev=0.8 * \1"),
    Slip("a cell has no forget bias", r"(= LSTMCell\(.*)forget_bias=1\.0", r"\1forget_bias=0.0"),
    Slip("a gradient is not clipped", r"tf\.clip_by_value\((\w+), -1\., 1\.\)", r"\1"),
    Slip("weights decay less", r"L2\(0\.5 \* ", "L2(0.05 * "),
)


def texts() -> dict[str, str]:
    """Native programs of examples/modern that were recorded on TensorFlow 1.15 as one file."""
    found = {p.name: p for p in sorted(native.MODERN.glob("*.py")) if p.name not in goldens.LEFT_OUT}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if goldens.path_of(name).exists()}


def cases() -> list[tuple[Slip, str]]:
    """Each slip with the program in which it is tried: different ones as far as they can be, and those first that run less."""
    tried: dict[str, int] = {}
    found: list[tuple[Slip, str]] = []
    for slip in SLIPS:
        fits = [name for name, text in texts().items() if slip.edited(text) is not None]
        for name in sorted(fits, key=lambda n: (tried.get(n, 0), goldens.path_of(n).stat().st_size))[:1]:
            tried[name] = tried.get(name, 0) + 1
            found.append((slip, name))
    return found


CASES = cases()


def test_every_slip_can_be_made_somewhere() -> None:
    assert {slip.what for slip, _ in CASES} == {slip.what for slip in SLIPS}


@pytest.mark.slow
@pytest.mark.parametrize(("slip", "name"), CASES, ids=[f"{name}: {slip.what}" for slip, name in CASES])
def test_a_slip_is_noticed(slip: Slip, name: str, zygote: Zygote, tmp_path: Path) -> None:
    text = slip.edited(texts()[name])
    assert text is not None
    (tmp_path / "new").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "new" / name).write_text(text, encoding="utf-8")
    old = Program(programs.LEGACY / name, tmp_path / "empty", name)
    new = Program(tmp_path / "new" / name, tmp_path / "empty", name)
    found = verify(old, new, (), Options(recorded=recording.read(goldens.path_of(name))), zygote)
    assert not found.verdict.proven, found.why
    assert found.divergence is not None, found.why
