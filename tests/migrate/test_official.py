"""The real tf_upgrade_v2, in a child process and without TensorFlow: its log is read, and a failure of it is only a note."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate import official
from tf2kit.migrate.findings import Severity
from tf2kit.migrate.module import Module
from tf2kit.migrate.official import LogLine, parse_log

from tests.laws.support import ROOT, V1, after, one

OLD = "import tensorflow as tf\nx = tf.placeholder('float')\n"


def test_a_log_line_has_a_place_a_severity_and_a_message() -> None:
    lines = ["12:4: WARNING: a  long\n message: with colons", "a.py:3:0: ERROR: no", "a summary without a place\n"]
    assert parse_log(lines) == [
        LogLine(12, 4, "WARNING", "a long message: with colons"),
        LogLine(3, 0, "ERROR", "no"),
        LogLine(1, 0, "INFO", "a summary without a place"),
    ]


def test_loading_without_tensorflow_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(official, "installed_at", lambda: None)
    with pytest.raises(official.OfficialError, match="not installed"):
        official.load()


def test_installed_tensorflow_is_found_without_importing_it() -> None:
    code = "import sys; from tf2kit.migrate.official import installed_at; print(installed_at()); assert 'tensorflow' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (Path(done.stdout.strip()) / "tools" / "compatibility" / "tf_upgrade_v2.py").exists()


_UPGRADE = """
import sys
from tf2kit.migrate import official
official.load()
text = sys.stdin.read()
for mode in ("safety", "default"):
    print(repr(official.upgrade(text, mode).text))
assert not [m for m in sys.modules if m.startswith(("tensorflow.python", "numpy", "keras"))]
"""


def test_both_modes_give_what_the_script_is_known_to_give() -> None:
    done = subprocess.run([sys.executable, "-c", _UPGRADE], input=OLD, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    safety, default = [line for line in done.stdout.splitlines() if line.startswith(("'", '"'))]
    assert safety == repr(OLD.replace("import tensorflow as tf", f"import {V1} as tf"))
    assert default == repr(OLD.replace("tf.placeholder", "tf.compat.v1.placeholder"))


def test_a_text_that_the_script_cannot_read_is_migrated_by_our_own_passes_with_a_note() -> None:
    result = one(OLD + "b = x[(1 - 2) * 2:(3), tf.flags.x]\n", official="safety", ignore=("SYM199",))
    notes = [d for d in result.diagnostics if d.code == "OFC102"]
    assert [n.severity for n in notes] == [Severity.NOTE]
    assert result.after.decode().startswith(f"import {V1} as tf\ntf.disable_v2_behavior()\n")
    assert result.left == []


def test_lines_that_the_script_only_reformats_stay_as_they_are() -> None:
    odd = "y  =  x [ 0 ]  # odd\nz = ( x,\n\ty)\n"
    for mode in ("safety", "default"):
        assert after(OLD + odd, official=mode).endswith(odd)


def test_the_safety_mode_swaps_nothing_but_imports() -> None:
    body = "y = tf.nn.dropout(x, 0.5, None)\nz = tf.contrib.layers.flatten(x, scope='a')\n"
    text = after(OLD + body, official="safety")
    assert "y = tf.nn.dropout(x, 0.5, None)\n" in text


@pytest.mark.parametrize("mode", ["safety", "default"])
def test_an_existing_prefix_is_not_prefixed_again(mode: str) -> None:
    text = after("import tensorflow as tf\nx = tf.compat.v1.placeholder('float')\n", official=mode)
    assert "v1.compat" not in text
    assert text.count("compat.v1.placeholder") + text.count("= tf.placeholder") == 1


_SAME = """
import sys
from pathlib import Path
from tf2kit.migrate import official
from tf2kit.migrate.module import Module
official.load()
checked = 0
for path in sorted(Path("examples/legacy").rglob("*.py")):
    try:
        module = Module(str(path), path.read_bytes())
    except SyntaxError:
        continue
    text = module.text.decode()
    short = official.relevant(module).decode()
    whole, part = official.upgrade(text, "safety"), official.upgrade(short, "safety")
    told = [[line for line in result.log if line.severity != "INFO"] for result in (whole, part)]
    assert told[0] == told[1], path
    for old, new, kept in zip(text.splitlines(), whole.text.splitlines(), part.text.splitlines(), strict=True):
        assert kept == new or (old == new and not kept.strip()), (path, old, new, kept)
    checked += 1
assert checked > 10
"""


def test_leaving_out_what_the_safety_mode_does_not_look_at_changes_nothing_that_it_does() -> None:
    done = subprocess.run([sys.executable, "-c", _SAME], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_statements_without_imports_contrib_or_flags_are_blanked_and_all_others_keep_their_place() -> None:
    text = b"import tensorflow as tf\nx = 'h\xc3\xa9'; import os\n@tf.contrib.f\ndef f():\n    pass\ny = [\n1]  # c\n"
    short = official.relevant(Module("a.py", text))
    assert short == text.replace(b"y = [", b"     ").replace(b"1]  # c", b"       ")


@pytest.mark.slow
def test_a_process_that_uses_tensorflow_itself_can_migrate_with_the_official_pass() -> None:
    code = (
        "import tensorflow\n"
        "from tf2kit.migrate import InputFile, Options, migrate\n"
        "if __name__ == '__main__':\n"
        f"    result = migrate([InputFile('a.py', {OLD.encode()!r})], Options())\n"
        "    print(sorted({d.code for d in result.files[0].diagnostics}), tensorflow.constant(1).shape)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert "['OFC101', 'RUN401'] ()" in done.stdout, done.stderr
