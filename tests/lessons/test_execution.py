"""Every lesson is executed; every exercise says what is missing in its stub and in wrong answers, and takes its solution."""

from __future__ import annotations

import pytest

from tests.lessons.execute import execute
from tf2kit.lessons import files
from tf2kit.lessons.course import lessons

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("key", lessons())
def test_a_lesson_executes_and_its_exercises_tell_right_from_wrong(key):
    outcome = execute(key)
    assert outcome.problems == [], outcome.printed[-3000:]
    assert outcome.seconds > 0


def test_a_lesson_runs_in_a_real_kernel_with_all_exercises_open(tmp_path, monkeypatch):
    nbclient = pytest.importorskip("nbclient", reason="needs the tools of requirements.txt: make setup")
    nbformat = pytest.importorskip("nbformat", reason="needs the tools of requirements.txt: make setup")
    monkeypatch.setenv("TF2KIT_LESSONS", str(tmp_path))
    notebook = nbformat.read(files.room() / "01_start_here.ipynb", as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []
    assert sum("is still open" in output.get("text", "") for output in outputs) >= 4
    assert any('alt="' in output.get("data", {}).get("text/html", "") for output in outputs)
