"""Graph mode and Keras 2 are decided for whole programs: who imports whom, what is an entry point, and what it needs."""

from __future__ import annotations

import pytest
from tf2kit.migrate.program import Tree, is_package, module_parts, scan_imports

from tests.laws.support import run

GRAPH = "import tensorflow as tf\nx = tf.placeholder('float')\n"
KERAS2 = "import tensorflow as tf\ndef build(x):\n    return tf.layers.dense(x, 3)\n"
EAGER = "import tensorflow as tf\ntf.enable_eager_execution()\n"
NEUTRAL = "import tensorflow as tf\ndef total(x):\n    return tf.reduce_sum(x)\n"
SWITCH = "disable_v2_behavior"
LEGACY = "TF_USE_LEGACY_KERAS"


def texts(**tree: str) -> dict[str, str]:
    """Migrated texts by name; ``__`` in a name is a folder."""
    results = run({f"{name.replace('__', '/')}.py": text for name, text in tree.items()})
    return {name: results[f"{name.replace('__', '/')}.py"].after.decode() for name in tree}


@pytest.mark.parametrize(
    ("importer", "dotted", "expected"),
    [
        ("a/main.py", "helper", "a/helper.py"),
        ("a/main.py", "a.helper", "a/helper.py"),
        ("a/main.py", "pkg", "pkg/__init__.py"),
        ("a/main.py", "pkg.part", "pkg/part.py"),
        ("a/main.py", "pkg.part.name", "pkg/part.py"),
        ("pkg/part.py", ".other", "pkg/other.py"),
        ("pkg/part.py", ".", "pkg/__init__.py"),
        ("pkg/__init__.py", ".other", "pkg/other.py"),
        ("pkg/sub/deep.py", "..other", "pkg/other.py"),
        ("a/main.py", "numpy", None),
        ("a/helper.py", "helper", None),
    ],
)
def test_the_file_behind_an_import_is_found_as_python_would(importer: str, dotted: str, expected: str | None) -> None:
    names = ["a/main", "a/helper", "pkg/__init__", "pkg/part", "pkg/other", "pkg/sub/deep"]
    assert Tree(f"{n}.py" for n in names).find(importer, dotted) == expected


def test_the_package_of_a_module_ends_where_there_is_no_init() -> None:
    tree = Tree(["top/pkg/__init__.py", "top/pkg/sub/__init__.py", "top/pkg/sub/m.py", "top/script.py"])
    assert tree.packages("top/pkg/sub/m.py") == "pkg.sub"
    assert tree.packages("top/pkg/__init__.py") == "pkg"
    assert tree.packages("top/script.py") == ""


def test_the_parts_of_a_path_are_those_of_its_module() -> None:
    assert module_parts("./a/b/__init__.py") == ("a", "b")
    assert module_parts("a/b.py") == ("a", "b")
    assert is_package("a/__init__.py")
    assert not is_package("a/my__init__.py")


def test_imports_are_found_in_a_text_that_does_not_parse() -> None:
    text = b"import a.b, c as d\n  from .e import (f,\nprint 'x'\nfrom g import *\n# import h\n"
    assert set(scan_imports(text)) >= {"a.b", "c", ".e", "g"}


def test_a_module_that_is_imported_by_a_graph_program_is_switched_with_it() -> None:
    found = texts(main="import helper\n" + GRAPH, helper=NEUTRAL)
    assert SWITCH in found["main"]
    assert SWITCH in found["helper"]


def test_a_file_that_no_tf_1_program_uses_stays_as_it_is() -> None:
    found = texts(
        main=GRAPH, modern="import tensorflow as tf\n\n\n@tf.function\ndef f(x):\n    return tf.reduce_sum(x)\n"
    )
    assert SWITCH not in found["modern"]
    assert "compat" not in found["modern"]


def test_keras_2_is_switched_on_in_the_entry_point_when_a_module_deep_inside_needs_it() -> None:
    found = texts(main="import middle\n", middle="from pkg import net\n", pkg____init__="", pkg__net=KERAS2)
    assert found["main"] == f'import os\nos.environ["{LEGACY}"] = "1"\nimport middle\n'
    assert LEGACY not in found["middle"] + found["pkg__net"]


def test_each_entry_point_that_reaches_a_module_switches_keras_2_on_for_itself() -> None:
    found = texts(train="import net\n" + GRAPH, evaluate="import net\n" + GRAPH, net=KERAS2, other=GRAPH)
    assert LEGACY in found["train"]
    assert LEGACY in found["evaluate"]
    assert LEGACY not in found["other"]


def test_a_program_that_sets_keras_2_itself_is_left_to_do_so() -> None:
    main = f"import os\nos.environ['{LEGACY}'] = '1'\nimport net\n"
    assert texts(main=main, net=KERAS2)["main"] == main


def test_an_eager_program_gets_the_behaviour_of_version_1_before_it_chooses_and_its_modules_do_not_undo_that() -> None:
    found = texts(main=EAGER + "import helper\n", helper=NEUTRAL.replace("reduce_sum", "to_float"))
    assert found["main"].index(SWITCH) < found["main"].index("enable_eager_execution")
    assert SWITCH not in found["helper"]


def test_a_program_that_chooses_the_behaviour_of_version_2_keeps_it() -> None:
    text = "import tensorflow.compat.v1 as tf\ntf.enable_v2_behavior()\nx = tf.to_float([1])\n"
    assert SWITCH not in texts(main=text)["main"]


def test_a_program_that_makes_the_switch_itself_gets_no_second_one() -> None:
    text = "import tensorflow.compat.v1 as tf\ntf.disable_eager_execution()\nx = tf.placeholder('float')\n"
    assert texts(main=text)["main"] == text


def test_a_module_under_a_main_guard_is_an_entry_point_though_others_import_it() -> None:
    net = KERAS2 + "if __name__ == '__main__':\n    build(tf.placeholder('float'))\n"
    found = texts(net=net, main="import net\n" + GRAPH)
    assert LEGACY in found["net"]
    assert LEGACY in found["main"]


def test_names_come_through_a_star_import_of_a_module_of_the_tree() -> None:
    found = texts(
        main="from common import *\nx = tf.mul(a, tf.contrib.layers.flatten(b))\n", common="import tensorflow as tf\n"
    )
    assert "tf.multiply(a, tf.layers.flatten(b))" in found["main"]


def test_modules_that_import_each_other_in_a_circle_are_migrated() -> None:
    found = texts(a="import b\n" + GRAPH, b="import a\n" + GRAPH)
    assert SWITCH in found["a"]
    assert SWITCH in found["b"]
