"""What `tf_upgrade_v2` of 2.21 loses is not lost here: whole files, newlines, encodings, notebooks, and the rest of the tree."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.laws.support import BROKEN, ROOT, V1, after, cells, codes, one, run
from tf2kit.cli import main

OLD = b"import tensorflow as tf\nx = tf.placeholder('float')\n"
NEW = f"import {V1} as tf\ntf.disable_v2_behavior()\nx = tf.placeholder('float')\n".encode()
OFFICIAL = pytest.mark.parametrize("official", ["off", "safety", "default"])


@OFFICIAL
def test_a_python_2_file_is_not_emptied(official: str) -> None:
    result = one(OLD + b"print x, 1\n", official=official)
    assert result.after.endswith(b"print(x, 1)\n")
    assert b"disable_v2_behavior" in result.after


@OFFICIAL
def test_a_file_with_a_byte_order_mark_is_not_emptied_and_keeps_it(official: str) -> None:
    result = one(b"\xef\xbb\xbf" + OLD, official=official)
    assert result.after.startswith(b"\xef\xbb\xbfimport tensorflow")
    assert result.after.count(b"\xef\xbb\xbf") == 1
    assert b"disable_v2_behavior" in result.after


@OFFICIAL
def test_crlf_is_kept_on_old_lines_and_used_on_new_ones(official: str) -> None:
    result = one(OLD.replace(b"\n", b"\r\n"), official=official)
    assert b"disable_v2_behavior()\r\n" in result.after
    assert result.after.count(b"\n") == result.after.count(b"\r\n") == 3


@OFFICIAL
def test_a_latin_1_file_is_migrated_in_latin_1(official: str) -> None:
    text = b"# -*- coding: latin-1 -*-\n" + OLD + b"s = '\xe9\xff'\n"
    result = one(text, official=official)
    assert result.after.endswith(b"s = '\xe9\xff'\n")
    assert b"disable_v2_behavior" in result.after


@OFFICIAL
def test_a_file_without_a_newline_at_its_end_gets_none(official: str) -> None:
    assert not one(OLD.rstrip(b"\n"), official=official).after.endswith(b"\n")


def test_the_mode_of_a_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "train.py"
    file.write_bytes(OLD)
    file.chmod(0o755)
    assert main(["migrate", "train.py", "--write", "--official", "off"]) == 0
    assert file.read_bytes() == NEW
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o755


SPACES = 'text = """a  \n\tb\t\n  c   \n"""  \n'


def notebook(indent: int | None, *sources: object) -> bytes:
    code = [
        {"cell_type": "code", "execution_count": None, "id": f"c{i}", "metadata": {}, "outputs": [], "source": s}
        for i, s in enumerate(sources)
    ]
    page = {"cells": code, "metadata": {"title": "naïve 模型"}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(page, indent=indent, ensure_ascii=False) + "\n").encode()


@pytest.mark.parametrize("official", ["off", "safety"])
@pytest.mark.parametrize("indent", [None, 1, 2, 4])
def test_a_notebook_keeps_trailing_blanks_indentation_and_every_character(indent: int | None, official: str) -> None:
    raw = notebook(indent, OLD.decode().splitlines(keepends=True), SPACES, ["print('é 模型')"])
    result = one(raw, "lesson.ipynb", official=official)
    assert [d for d in result.diagnostics if d.code in BROKEN] == []
    assert cells(result.after) == [NEW.decode(), SPACES, "print('é 模型')"]
    expected = json.loads(raw)
    expected["cells"][0]["source"] = NEW.decode().splitlines(keepends=True)
    assert result.after.decode() == json.dumps(expected, indent=indent, ensure_ascii=False) + "\n"


def test_magics_of_a_python_2_notebook_are_brought_up_in_the_first_run() -> None:
    result = one(notebook(1, OLD.decode() + "print x\n", "!pip install tensorflow==1.15"), "old.ipynb")
    assert cells(result.after)[1] == "!pip install tensorflow==2.21.*"
    assert one(result.after, "old.ipynb").after == result.after


BAD = {
    "syntax.py": (b"import tensorflow as tf\ndef f(:\n", "SRC002"),
    "nul.py": (b"import tensorflow as tf\n\0", "SRC001"),
    "utf16.py": ("import tensorflow as tf\n".encode("utf-16"), "SRC001"),
    "not_utf8.py": (b"import tensorflow as tf\ns = '\xff'\n", "SRC001"),
    "unknown_coding.py": (b"# coding: no-such\nimport tensorflow as tf\n", "SRC001"),
    "broken.ipynb": (b'{"cells": [ tensorflow', "SRC001"),
}


@OFFICIAL
def test_a_file_that_cannot_be_handled_does_not_stop_the_tree(official: str) -> None:
    tree = {"a.py": OLD, **{name: raw for name, (raw, _) in BAD.items()}, "z.py": OLD}
    results = run(tree, official=official)
    assert results["a.py"].after == results["z.py"].after
    assert b"disable_v2_behavior" in results["z.py"].after
    for name, (raw, code) in BAD.items():
        assert results[name].after == raw
        assert codes(results[name]) == {code}
        assert all(d.todo for d in results[name].left)


@OFFICIAL
@pytest.mark.parametrize(
    "text",
    [
        OLD.decode(),
        "import tensorflow as tf\ny = tf.nn.dropout(tf.placeholder('float'), 0.5)\n",
        "import tensorflow as tf\ny = tf.layers.dense(tf.placeholder('float'), 3)\ntf.summary.scalar('y', y)\n",
        "from tensorflow.contrib import rnn\nimport tensorflow as tf\ncell = rnn.BasicLSTMCell(3)\n",
        "import tensorflow.contrib.slim as slim\nimport tensorflow as tf\ny = slim.conv2d(tf.placeholder('float'), 3, 3)\n",
        "import tensorflow as tf\no = tf.keras.optimizers.Adam(1e-3)\ns = tf.Session()\n",
        "import tensorflow as tf\nprint tf.Session()\n",
    ],
)
def test_a_second_run_changes_nothing(text: str, official: str) -> None:
    first = after(text, official=official)
    second = one(first, official=official)
    assert second.after.decode() == first
    assert [d for d in second.diagnostics if d.fixed] == []


_PROBE = """
import sys
from tf2kit.migrate.discover import InputFile
from tf2kit.migrate.options import Options
from tf2kit.migrate.run import migrate
text = b"import tensorflow as tf\\nx = tf.placeholder('float')\\n"
result = migrate([InputFile("a.py", text)], Options(official="safety"))
assert b"disable_v2_behavior" in result.files[0].after
assert not any(d.code == "OFC102" for d in result.files[0].diagnostics), result.files[0].diagnostics
leaked = sorted(m for m in sys.modules if m.split(".")[0] in ("tensorflow", "keras", "tf_keras", "pasta", "numpy"))
assert not leaked, leaked
"""


def test_migrating_imports_no_tensorflow_and_leaves_no_stub_in_the_callers_process() -> None:
    done = subprocess.run([sys.executable, "-c", _PROBE], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
