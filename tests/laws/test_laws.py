"""Laws of the migrator, held against every program that the project has."""

from __future__ import annotations

import ast
import os
import random
import re
import signal
from pathlib import Path

import pytest
from tf2kit.migrate import pool, stages
from tf2kit.migrate.findings import FileResult, Safety
from tf2kit.migrate.rules import all_rules
from tf2kit.migrate.work import Task

from tests.laws.support import (
    BROKEN,
    cells,
    codes,
    dead,
    legacy_texts,
    live_names,
    one,
    rule_texts,
    run,
    tensorflow_names,
)

LEGACY = legacy_texts()
RULES = rule_texts()
EVERY = {**LEGACY, **RULES}
OLD = b"import tensorflow as tf\nx = tf.placeholder('float')\n"
MODES = ("off", "safety", "default")


@pytest.fixture(scope="module", params=MODES)
def migrated(request: pytest.FixtureRequest) -> tuple[str, dict[str, FileResult]]:
    """Results of every program, each migrated on its own account in one run."""
    return request.param, run(EVERY, official=request.param)


def _python(result: FileResult) -> list[str]:
    """The Python texts of a file; magics and questions of notebooks are taken out."""
    if not result.path.endswith(".ipynb"):
        return [result.after.decode("utf-8")]
    return [re.sub(r"(?m)^(\s*)(?:[%!].*|.*\?)$", r"\1pass", cell) for cell in cells(result.after)]


def test_nothing_breaks_down(migrated: tuple[str, dict[str, FileResult]]) -> None:
    assert {p: codes(r) & set(BROKEN) for p, r in migrated[1].items() if codes(r) & set(BROKEN)} == {}


def test_the_output_parses(migrated: tuple[str, dict[str, FileResult]]) -> None:
    for result in migrated[1].values():
        if "SRC002" not in codes(result) and result.changed:
            for text in _python(result):
                ast.parse(text)


def test_a_second_run_changes_nothing(migrated: tuple[str, dict[str, FileResult]]) -> None:
    mode, results = migrated
    again = run({p: r.after for p, r in results.items()}, official=mode)
    assert [p for p in results if again[p].after != results[p].after] == []
    assert {
        p: {d.code for d in r.diagnostics if d.fixed} for p, r in again.items() if any(d.fixed for d in r.diagnostics)
    } == {}


def test_no_name_in_the_output_is_dead_without_a_finding(migrated: tuple[str, dict[str, FileResult]]) -> None:
    again = run({p: r.after for p, r in migrated[1].items()}, official="off" if migrated[0] == "off" else migrated[0])
    for path, result in again.items():
        if path.endswith(".ipynb") or "SRC002" in codes(result):
            continue
        told = {d.line for d in result.left}
        text = result.after.decode()
        if "tf2kit: ignore" in text:
            continue
        named = [(full, line) for full, line in tensorflow_names(ast.parse(text)) if dead(full, live_names())]
        assert [(path, full, line) for full, line in named if line not in told] == []


def test_every_finding_that_is_left_says_what_to_do(migrated: tuple[str, dict[str, FileResult]]) -> None:
    left = [d for r in migrated[1].values() for d in r.left]
    assert [(d.path, d.line, d.code, d.message) for d in left if not d.todo] == []


def test_every_code_that_is_reported_has_a_page(migrated: tuple[str, dict[str, FileResult]]) -> None:
    pages = {r.code for r in all_rules()}
    assert {d.code for r in migrated[1].values() for d in r.diagnostics} <= pages


@pytest.mark.parametrize("rule", all_rules(), ids=lambda r: r.code)
def test_a_page_has_a_sentence_and_the_required_sections(rule) -> None:
    assert rule.summary.endswith(".")
    sections = re.findall(r"(?m)^## (.+)$", rule.doc)
    assert [s for s in ("What it does", "Why", "What to do by hand") if s not in sections] == []
    if "Example" in sections:
        assert rule.doc.count("```") in (2, 4)


TREE = {
    "pkg/__init__.py": "",
    "pkg/model.py": "import tensorflow as tf\ndef build(x):\n    return tf.layers.dense(x, 3)\n",
    "pkg/train.py": "from pkg.model import build\nimport tensorflow as tf\nbuild(tf.placeholder('float'))\n",
    "tools/plain.py": "import os\nprint(os.getcwd())\n",
    "bad.py": "import tensorflow as tf\ndef (:\n",
    "py2.py": "import tensorflow as tf\nprint tf.Session()\n",
}


def _outputs(results: dict[str, FileResult]) -> dict[str, tuple[bytes, list[tuple[str, int, str, bool]]]]:
    return {
        p: (r.after, [(d.code, d.line, d.message, d.fixed) for d in r.diagnostics]) for p, r in sorted(results.items())
    }


def test_the_order_of_the_files_does_not_matter() -> None:
    expected = _outputs(run(TREE))
    for seed in range(6):
        paths = list(TREE)
        random.Random(seed).shuffle(paths)
        assert _outputs(run({p: TREE[p] for p in paths})) == expected


@pytest.mark.parametrize("mode", ["off", "safety"])
def test_the_number_of_jobs_does_not_matter(mode: str) -> None:
    tree = {**TREE, **LEGACY}
    assert _outputs(run(tree, official=mode, jobs=1)) == _outputs(run(tree, official=mode, jobs=3))


def test_a_module_and_its_program_agree_on_graph_mode_and_keras() -> None:
    results = run(TREE)
    assert b"TF_USE_LEGACY_KERAS" in results["pkg/train.py"].after
    assert b"TF_USE_LEGACY_KERAS" not in results["pkg/model.py"].after
    assert b"disable_v2_behavior" in results["pkg/model.py"].after
    assert results["pkg/model.py"].program == results["pkg/train.py"].program == "pkg/train.py"


WITHOUT = {
    "modern": "import tensorflow as tf\n@tf.function\ndef f(x):\n    return tf.reduce_sum(x)\n",
    "keras": "import tensorflow as tf\nm = tf.keras.Sequential([tf.keras.layers.Dense(3)])\n",
    "none": "import numpy as np\nx = np.float(3)\nprint >>f, x\n",
    "python 2": "print 'no TensorFlow'\n",
    "not python": "this is (not Python\n",
    "latin-1 without cookie": b"s = '\xe9'\n",
    "binary": bytes(range(256)),
    "empty": "",
    "crlf": "x = 1\r\ny = 2\r",
}


@pytest.mark.parametrize("mode", MODES)
def test_a_tree_without_tensorflow_1_is_byte_equal(mode: str) -> None:
    tree = {f"{name}.py": text for name, text in WITHOUT.items()}
    for path, result in run(tree, official=mode).items():
        assert result.after == result.before, path
        assert result.left == [], path


def test_migrating_executes_none_of_the_users_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd) -> None:
    mark = tmp_path / "ran"
    tree = {
        "tensorflow.py": f"open({str(mark)!r}, 'w')\nraise SystemExit('import ran')\n",
        "sitecustomize.py": f"import tensorflow\nopen({str(mark)!r}, 'w')\n",
        "conftest.py": "import tensorflow as tf\nraise SystemExit(tf)\n",
        "main.py": f"import tensorflow as tf\nprint('ran')\nopen({str(mark)!r}, 'w')\nraise SystemExit(tf.placeholder)\n",
    }
    for name, text in tree.items():
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    results = run(tree, official="safety")
    assert b"disable_v2_behavior" in results["main.py"].after
    assert not mark.exists()
    assert capfd.readouterr() == ("", "")


# -- accidents -------------------------------------------------------------------------------------------------------


def _dies(task: Task) -> FileResult:
    if task.file.path == "dies.py":
        os.kill(os.getpid(), signal.SIGKILL)
    return _transform(task)


def _raises(task: Task) -> FileResult:
    if task.file.path == "dies.py":
        raise RuntimeError("on purpose")
    return _inner(task)


_transform, _inner = stages.transform, stages._transform


@pytest.mark.skipif(not hasattr(os, "fork"), reason="workers inherit the patched function through fork")
def test_a_worker_that_is_killed_costs_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tf2kit.migrate.run.transform", _dies)
    tree = {f"{name}.py": OLD for name in ("a", "b", "dies", "y", "z")}
    results = run(tree, jobs=2)
    assert codes(results["dies.py"]) == {"SRC005"}
    assert results["dies.py"].after == OLD
    for name in ("a.py", "b.py", "y.py", "z.py"):
        assert codes(results[name]) == {"SYM101", "RUN401"}, name


def test_a_stage_that_raises_costs_one_file_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "_transform", _raises)
    results = run({"a.py": OLD, "dies.py": OLD, "z.py": OLD})
    assert codes(results["dies.py"]) == {"SRC004"}
    assert results["dies.py"].after == OLD
    assert results["a.py"].changed
    assert results["z.py"].changed


def test_a_pool_without_a_worker_runs_in_this_process() -> None:
    assert pool._jobs(stages.Options(official="off", jobs=1), 1000) == 0


# -- what is asked for -----------------------------------------------------------------------------------------------

BODY = "import tensorflow as tf\nx = tf.placeholder('float')\ny = tf.mul(x, tf.no_such_thing)"


def test_a_comment_suppresses_its_line_whole_or_by_code() -> None:
    assert "SYM199" in codes(one(BODY + "\n"))
    for comment in ("# tf2kit: ignore[SYM199]", "# tf2kit: ignore[CTB201, SYM199] known", "# tf2kit:ignore"):
        assert "SYM199" not in codes(one(f"{BODY}  {comment}\n"))
    result = one(f"{BODY}  # tf2kit: ignore[SYM199]\n")
    assert b"tf.multiply" in result.after
    assert b"tf.mul(" in one(f"{BODY}  # tf2kit: ignore\n").after
    assert "SYM199" in codes(one(f"{BODY}  # tf2kit: ignore[SYM1]\n"))


def test_a_comment_suppresses_a_whole_file() -> None:
    result = one(f"# tf2kit: ignore-file\n{BODY}\n")
    assert not result.changed
    assert result.diagnostics == []


def test_only_selected_codes_are_fixed_and_reported_and_ignored_ones_never() -> None:
    assert codes(one(BODY + "\n", select=("SYM102",))) == {"SYM102"}
    assert b"import tensorflow as tf\n" in one(BODY + "\n", select=("SYM102",)).after
    assert codes(one(BODY + "\n", select=("SYM",))) == {"SYM101", "SYM102", "SYM199"}
    result = one(BODY + "\n", ignore=("SYM102", "RUN"))
    assert "SYM102" not in codes(result)
    assert b"tf.mul(" in result.after
    assert b"disable_v2_behavior" not in result.after
    assert codes(one(BODY + "\n", select=("SYM102",), ignore=("SYM1",))) == set()


def test_an_unsafe_fix_is_made_only_when_asked_for() -> None:
    text = RULES["SYM104/reports_gone/before.py"]
    careful, bold = one(text), one(text, unsafe_fixes=True)
    assert [d.safety for d in careful.diagnostics if d.code == "SYM104"] == [Safety.UNSAFE]
    assert not careful.changed
    assert b"distribute_lib import get_strategy" in bold.after
    assert all(d.fixed for d in bold.diagnostics if d.code == "SYM104")
