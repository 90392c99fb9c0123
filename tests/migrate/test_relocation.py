"""Names of tables are moved only where they surely mean the library, and a move never leaves a program with an unloaded module."""

from __future__ import annotations

import pytest
from tf2kit.migrate.discover import InputFile
from tf2kit.migrate.findings import FileResult
from tf2kit.migrate.options import Options
from tf2kit.migrate.run import migrate

HEAD = "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\nsession = tf.Session()\n"


def migrated(text: str, unsafe: bool = False, **others: str) -> FileResult:
    files = [
        InputFile("main.py", (HEAD + text).encode()),
        *(InputFile(f"{n}.py", t.encode()) for n, t in others.items()),
    ]
    return migrate(files, Options(official="off", jobs=1, unsafe_fixes=unsafe)).files[0]


def body(text: str, unsafe: bool = False, **others: str) -> str:
    return migrated(text, unsafe, **others).after.decode().removeprefix(HEAD)


def test_a_module_of_the_users_own_tree_hides_the_one_of_python_2() -> None:
    text = "import commands\ncommands.getoutput('a')\n"
    assert body(text, commands="def getoutput(x):\n    return x\n") == text
    assert body(text) == "import subprocess as commands\ncommands.getoutput('a')\n"


def test_a_submodule_is_imported_once_where_a_bare_package_would_not_load_it() -> None:
    text = "import urllib\nurllib.urlopen('a')\nurllib.urlretrieve('a')\n"
    assert (
        body(text)
        == "import urllib\nimport urllib.request\nurllib.request.urlopen('a')\nurllib.request.urlretrieve('a')\n"
    )


def test_a_submodule_that_is_loaded_already_is_not_imported_again() -> None:
    text = "import urllib\nimport urllib.request\nurllib.urlopen('a')\n"
    assert body(text) == "import urllib\nimport urllib.request\nurllib.request.urlopen('a')\n"


@pytest.mark.parametrize(
    "text",
    [
        "def f(np):\n    return np.float\n",
        "import mine as np\nx = np.float(1)\n",
        "class np:\n    float = 1\n\n\nx = np.float\n",
    ],
)
def test_a_name_that_is_not_the_library_stays(text: str) -> None:
    assert body(text) == text


def test_a_rebound_module_is_followed() -> None:
    assert body("import numpy\nn = numpy\nx = n.float_(1)\n") == "import numpy\nn = numpy\nx = n.float64(1)\n"


def test_a_move_that_changes_a_default_waits_for_permission() -> None:
    text = "from sklearn.cross_validation import cross_val_score\nx = cross_val_score(a, b)\n"
    kept = migrated(text)
    assert kept.after.decode() == HEAD + text
    assert [(d.code, d.fixed) for d in kept.diagnostics if d.code == "ROT303"] == [("ROT303", False)]
    assert body(text, unsafe=True).startswith("from sklearn.model_selection import cross_val_score\n")


def test_a_default_that_changes_with_a_moved_module_is_told() -> None:
    left = migrated("import sklearn.cross_validation as cv\nx = cv.cross_val_score(a, b)\n").left
    assert [(d.code, d.line) for d in left] == [("ROT303", 5)]
    assert "cv=3" in left[0].message


def test_what_cannot_be_moved_out_of_a_gone_module_is_told_by_name() -> None:
    left = migrated("from sklearn.cross_validation import train_test_split, KFold, nonsense\n").left
    assert {d.message.split(" is ")[0].rpartition(".")[2] for d in left} == {"KFold", "nonsense"}


def test_a_call_of_another_form_than_the_table_knows_is_told_and_left() -> None:
    text = "import numpy as np\nx = np.asfarray([1], dtype=int)\n"
    result = migrated(text)
    assert result.after.decode() == HEAD + text
    assert [d.code for d in result.left] == ["ROT301"]
