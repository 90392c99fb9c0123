"""Programs are lifted as a whole or not at all, whoever shares their modules, and whatever goes wrong."""

from __future__ import annotations

import json

import pytest
from tf2kit.migrate import lifting

from tests.laws.support import cells, codes, run

GOOD = """\
import tensorflow as tf
{more}
x = tf.placeholder(tf.float32, [None])
y = 2.0 * x
with tf.Session() as sess:
    print(sess.run(y, {{x: [1.0]}}))
"""
BAD = GOOD.replace("2.0 * x", "tf.no_such_thing(x)")


def native(**files: str) -> dict[str, object]:
    return run({f"{name}.py": text for name, text in files.items()}, level="native")


def levels(results: dict) -> dict[str, str]:
    return {path: result.level for path, result in results.items()}


def why(result) -> list[str]:
    return [d.message for d in result.diagnostics if d.code == "NAT501"]


def test_programs_that_share_nothing_are_judged_apart():
    results = native(good=GOOD.format(more=""), bad=BAD.format(more=""))
    assert levels(results) == {"good.py": "native", "bad.py": "compat"}
    assert b"compat.v1" not in results["good.py"].after


def test_a_module_without_tensorflow_binds_nobody():
    helper = "import numpy as np\n\nSIZE = np.float(3)\n"
    results = native(good=GOOD.format(more="import helper"), bad=BAD.format(more="import helper"), helper=helper)
    assert levels(results)["good.py"] == "native"
    assert levels(results)["bad.py"] == "compat"
    assert results["helper.py"].after == b"import numpy as np\n\nSIZE = float(3)\n"


def test_programs_that_share_a_module_with_tensorflow_stay_on_compat_together():
    text = GOOD.format(more="")
    results = native(shared=text, other=BAD.format(more="import shared"))
    assert set(levels(results).values()) == {"compat"}
    assert why(results["other.py"])


def test_a_program_that_imports_another_one_says_whose_line_it_is():
    main = "import shared\nimport tensorflow as tf\n\nprint(tf.__version__)\n"
    shared = BAD.format(more="") + "\nif __name__ == '__main__':\n    pass\n"
    results = native(main=main, shared=shared)
    assert levels(results) == {"main.py": "compat", "shared.py": "compat"}
    assert any(message.startswith("the program stays on compat") for message in why(results["shared.py"]))
    assert any(message.startswith("the program main.py stays on compat") for message in why(results["shared.py"]))


@pytest.mark.parametrize("error", [RuntimeError("on purpose"), RecursionError(), KeyError("x")])
def test_a_failure_inside_is_a_finding_and_the_program_goes_to_compat(monkeypatch, error):
    def fails(_):
        raise error

    monkeypatch.setattr(lifting, "lift_program", fails)
    result = native(program=GOOD.format(more=""))["program.py"]
    assert result.level == "compat"
    assert "SRC004" not in codes(result)
    assert "tf2kit failed" in why(result)[0]
    assert b"disable_v2_behavior" in result.after


def test_text_that_is_no_python_is_never_written(monkeypatch):
    monkeypatch.setattr(lifting, "lift_program", lambda modules: dict.fromkeys(modules, "def f(:\n"))
    result = native(program=GOOD.format(more=""))["program.py"]
    assert result.level == "compat"
    assert why(result)


def test_lifting_can_be_ignored_by_its_code():
    result = run({"a.py": GOOD.format(more="")}, level="native", ignore=("NAT500",))["a.py"]
    assert result.level == "compat"
    assert why(result) == []


def test_windows_newlines_and_encodings_survive():
    text = ("# -*- coding: latin-1 -*-\n# caf\xe9\n" + GOOD.format(more="")).replace("\n", "\r\n")
    result = run({"a.py": text.encode("latin-1")}, level="native")["a.py"]
    assert result.level == "native"
    assert b"caf\xe9\r\n" in result.after
    assert result.after.count(b"\n") == result.after.count(b"\r\n")


def notebook(*sources: str) -> bytes:
    made = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": s} for s in sources]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def test_functions_of_a_notebook_go_to_the_cell_that_first_calls_them():
    old = notebook(
        "%matplotlib inline\nimport tensorflow as tf",
        "x = tf.placeholder(tf.float32, [None])\n# twice\ny = 2.0 * x",
        "%%time\nsess = tf.Session()\nprint(sess.run(y, {x: [1.0]}))",
        "",
    )
    result = run({"a.ipynb": old}, level="native")["a.ipynb"]
    assert result.level == "native"
    first, second, third, last = cells(result.after)
    assert first == "%matplotlib inline\nimport tensorflow as tf"
    assert second.strip() == ""
    assert third.startswith("%%time\n@tf.function(")
    assert "    # twice\n    y = 2.0 * x\n" in third
    assert third.rstrip().endswith("print(compute_y([1.0]).numpy())")
    assert last == ""


def test_a_magic_stays_in_its_cell_and_one_inside_of_what_moves_keeps_the_notebook_on_compat():
    run_it = "print(tf.Session().run(y, {x: [1.0]}))"
    scope = "with tf.name_scope('a'):\n    x = tf.placeholder(tf.float32, [None])\n    !ls\n    y = 2.0 * x"
    loop = "x = tf.placeholder(tf.float32, [None])\ny = x\nfor i in range(3):\n    !ls\n    y = y * 2.0"
    olds = {f"{i}.ipynb": notebook("import tensorflow as tf", graph, run_it) for i, graph in enumerate((scope, loop))}
    results = run(olds, level="native")
    assert levels(results) == {"0.ipynb": "native", "1.ipynb": "compat"}
    assert cells(results["0.ipynb"].after)[1] == "!ls"
    assert cells(results["1.ipynb"].after)[1] == loop
    assert "a magic line of cell 2 was lost or moved" in why(results["1.ipynb"])[0]
