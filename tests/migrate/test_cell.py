"""Single cells are migrated with what the cells before them have bound."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tf2kit.migrate import InputFile, Options, migrate, migrate_cell

V1 = "tensorflow.compat.v1"
LOADED = {"tf": V1, "np": "numpy"}


@pytest.mark.parametrize(
    ("cell", "known", "expected"),
    [
        ("import tensorflow as tf", {}, f"import {V1} as tf\ntf.disable_v2_behavior()"),
        ("x = tf.mul(1, np.float(2))", LOADED, "x = tf.multiply(1, float(2))"),
        ("x = tf.mul(1, np.float(2))", {}, "x = tf.mul(1, np.float(2))"),
        ("c = tf.contrib.learn", LOADED, "from tf2kit.compat import contrib as tf_contrib\nc = tf_contrib.learn"),
        ("c = tf.contrib.learn", {**LOADED, "tf_contrib": "tf2kit.compat.contrib"}, "c = tf_contrib.learn"),
        ("slim.no", {"slim": "tf2kit.compat.contrib.slim", **LOADED}, "slim.no"),
        ("%time print tf.mul(1, 2)", LOADED, "%time print tf.mul(1, 2)"),
        ("%%time\nprint tf.mul(1, 2)", LOADED, "%%time\nprint(tf.multiply(1, 2))"),
        ("tf.mul(1, 2)", {"tf": "tensorflow"}, f"import {V1} as tf\ntf.disable_v2_behavior()\ntf.multiply(1, 2)"),
        (
            "# first\nfrom __future__ import division\nc = tf.contrib.learn",
            LOADED,
            "# first\nfrom __future__ import division\nfrom tf2kit.compat import contrib as tf_contrib\nc = tf_contrib.learn",
        ),
        ("for i in", LOADED, "for i in"),
        ("", LOADED, ""),
        ("%%bash\nls", LOADED, "%%bash\nls"),
    ],
)
def test_a_cell_becomes_what_it_would_in_its_notebook(cell: str, known: Mapping[str, str], expected: str) -> None:
    assert migrate_cell(cell, known).text == expected


def test_a_second_time_changes_nothing() -> None:
    first = migrate_cell("import tensorflow as tf\nc = tf.contrib.learn\nprint tf.mul(1, 2)", {})
    assert migrate_cell(first.text, {}).text == first.text


def test_what_a_cell_binds_is_known_behind_it() -> None:
    cell = migrate_cell("s = tf.contrib.slim\nn = np\nnp = 3\ndef f(): pass", LOADED)
    assert cell.known == {
        "tf": V1,
        "tf_contrib": "tf2kit.compat.contrib",
        "s": "tf2kit.compat.contrib.slim",
        "n": "numpy",
    }


def test_eager_mode_is_chosen_once_and_never_undone() -> None:
    chosen = migrate_cell("import tensorflow as tf\ntf.enable_eager_execution()", {})
    assert chosen.eager
    assert chosen.text == f"import {V1} as tf\ntf.disable_v2_behavior()\ntf.enable_eager_execution()"
    again = migrate_cell("import tensorflow as tf", chosen.known, chosen.eager)
    assert again.text == f"import {V1} as tf"


def test_a_cell_that_stands_alone_chooses_keras_2_where_it_imports_tensorflow() -> None:
    first = migrate_cell("import tensorflow as tf", {}, alone=True)
    assert first.text.startswith('import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n')
    assert migrate_cell("tf.layers.dense(x, 1)", first.known, alone=True).text == "tf.layers.dense(x, 1)"


def test_findings_are_placed_in_the_cell() -> None:
    cell = migrate_cell("x = 1\ny = tf.no_such_name", LOADED)
    assert [(d.code, d.line, d.column, d.fixed) for d in cell.diagnostics] == [("SYM199", 2, 5, False)]


# -- what a running program tells of its modules -----------------------------------------------------------------------


def test_links_that_the_caller_knows_join_files_of_different_folders() -> None:
    files = [
        InputFile("/a/main.py", b"import tensorflow as tf\nimport util\ntf.placeholder\n"),
        InputFile("/b/util.py", b"print 'part of the program'\n"),
    ]
    options = Options(official="off", jobs=1)
    alone = {f.path: f.changed for f in migrate(files, options).files}
    joined = {f.path: f.changed for f in migrate(files, options, links={("/a/main.py", "util"): "/b/util.py"}).files}
    assert (alone["/b/util.py"], joined["/b/util.py"]) == (False, True)
    only = migrate(files, options, links={("/a/main.py", "util"): "/b/util.py"}, only=["/b/util.py"]).files
    assert [f.changed for f in only] == [False, True]
