"""`tf2kit run`: unmodified programs, their own line numbers, and nothing else touched."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tf2kit.runner import code_of
from tf2kit.runner.importer import line_map

# stands in for TensorFlow: these tests are about how a program is started, not about what it computes
_STUB = """
def disable_v2_behavior(): print("graph mode")
def placeholder(kind): return "placeholder of " + kind
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for folder in ("stub/tensorflow", "stub/tensorflow/compat", "stub/tensorflow/compat/v1", "work"):
        (tmp_path / folder).mkdir() if (tmp_path / folder).parent.exists() else (tmp_path / folder).mkdir(parents=True)
    for folder in ("tensorflow", "tensorflow/compat"):
        (tmp_path / "stub" / folder / "__init__.py").write_text("")
    (tmp_path / "stub/tensorflow/compat/v1/__init__.py").write_text(_STUB)
    return tmp_path / "work"


def tf2kit(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = dict(os.environ, PYTHONPATH=str(place.parent / "stub"), TF2KIT_CACHE=str(place.parent / "cache"))
    return subprocess.run(
        [sys.executable, "-m", "tf2kit", "run", *words], cwd=place, env=env, capture_output=True, text=True
    )


def write(place: Path, name: str, text: str) -> None:
    (place / name).parent.mkdir(parents=True, exist_ok=True)
    (place / name).write_text(textwrap.dedent(text))


def test_a_program_runs_as_tensorflow_1_and_its_files_stay_as_they_are(place: Path) -> None:
    write(place, "net.py", "import tensorflow as tf\nprint(tf.placeholder('float'), __name__)\n")
    before = (place / "net.py").read_bytes()
    done = tf2kit(place, "net.py")
    assert (done.stdout, done.returncode) == ("graph mode\nplaceholder of float __main__\n", 0)
    assert (place / "net.py").read_bytes() == before
    assert sorted(p.name for p in place.iterdir()) == ["net.py"]


def test_words_behind_the_script_belong_to_the_program(place: Path) -> None:
    write(place, "net.py", "import sys\nimport tensorflow as tf\ntf.placeholder\nprint(sys.argv)\n")
    assert tf2kit(place, "net.py", "-v", "--help").stdout.endswith("['net.py', '-v', '--help']\n")


def test_modules_that_the_program_imports_are_migrated_too(place: Path) -> None:
    write(place, "net.py", "from lib import model\nprint(model.x)\n")
    write(place, "lib/__init__.py", "")
    write(place, "lib/model.py", "import tensorflow as tf\nx = tf.placeholder('int')\n")
    assert tf2kit(place, "net.py").stdout == "graph mode\nplaceholder of int\n"


def test_a_module_runs_by_its_name(place: Path) -> None:
    write(place, "lib/__init__.py", "")
    write(place, "lib/net.py", "import tensorflow as tf\nfrom . import other\nprint(other.x, __package__, __name__)\n")
    write(place, "lib/other.py", "import tensorflow as tf\nx = tf.placeholder('int')\n")
    assert tf2kit(place, "-m", "lib.net").stdout.endswith("placeholder of int lib __main__\n")


def test_a_traceback_shows_the_users_file_and_line_and_nothing_of_ours(place: Path) -> None:
    write(
        place,
        "net.py",
        "import tensorflow as tf\nx = tf.placeholder('float')\n\ndef f():\n    raise KeyError(x)\n\nf()\n",
    )
    done = tf2kit(place, "net.py")
    assert done.returncode == 1
    assert f'File "{place / "net.py"}", line 7, in <module>' in done.stderr
    assert f'File "{place / "net.py"}", line 5, in f\n    raise KeyError(x)' in done.stderr
    assert "tf2kit" not in done.stderr.replace(str(place.parent), "")


def test_the_exit_code_is_the_programs(place: Path) -> None:
    write(place, "net.py", "import sys\nsys.exit(7)\n")
    assert tf2kit(place, "net.py").returncode == 7


def test_a_second_run_takes_the_migrated_text_from_memory_and_a_changed_file_is_migrated_anew(place: Path) -> None:
    write(place, "net.py", "import tensorflow as tf\nprint(tf.placeholder('a'))\n")
    first, second = tf2kit(place, "net.py"), tf2kit(place, "net.py")
    assert first.stdout == second.stdout
    assert len(list((place.parent / "cache").iterdir())) == 1
    write(place, "net.py", "import tensorflow as tf\nprint(tf.placeholder('b'))\n")
    assert "placeholder of b" in tf2kit(place, "net.py").stdout


def test_a_script_that_is_not_there_is_a_sentence(place: Path) -> None:
    done = tf2kit(place, "nope.py")
    assert done.returncode == 2
    assert "there is no script 'nope.py'" in done.stderr
    assert "Traceback" not in done.stderr


def test_verbose_shows_what_is_changed(place: Path) -> None:
    write(place, "net.py", "import tensorflow as tf\ntf.placeholder('a')\n")
    assert "+tf.disable_v2_behavior()" in tf2kit(place, "-v", "net.py").stderr


def test_inserted_lines_stand_for_the_line_that_they_were_put_before() -> None:
    assert line_map(b"a\nb\nc", b"a\nx\ny\nb\nc") == [1, 1, 2, 2, 2, 3]


def test_code_of_a_migrated_text_has_the_lines_of_the_original() -> None:
    code = code_of(
        b"import os\nimport sys\ndef f():\n    return (1,\n            2)\n",
        b"import sys\ndef f():\n    return (1,\n            2)\n",
        "a.py",
    )
    names: dict[str, object] = {}
    exec(code, names)
    assert names["f"].__code__.co_firstlineno == 2  # type: ignore[attr-defined]
