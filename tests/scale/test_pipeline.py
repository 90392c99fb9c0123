"""The whole pipeline on real digits: three runs, a rollback, and a server that is asked all the time meanwhile."""

import asyncio
import re
import subprocess
import sys

import pytest

from examples.pipeline import load
from examples.pipeline.registry import Registry

pytestmark = pytest.mark.slow

_COMMAND = [sys.executable, "-m", "examples.pipeline"]


def _run(*arguments):
    return subprocess.run([*_COMMAND, *map(str, arguments)], capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which one model is served."""
    path = tmp_path_factory.mktemp("pipeline")
    assert _run("sample", path / "1.csv").returncode == 0
    done = _run("run", path / "1.csv", "--folder", path)
    assert done.returncode == 0, done.stdout + done.stderr
    for stage in ("ExampleValidator", "Trainer", "Evaluator", "SavedModel", "TFLite", "TF.js", "Pusher"):
        assert re.search(rf"^{re.escape(stage)} ", done.stdout, re.MULTILINE), done.stdout
    return path


def test_a_batch_with_a_broken_schema_changes_nothing(folder):
    _run("sample", folder / "bad.csv", "--span", 2, "--fault", "scale")
    done = _run("run", folder / "bad.csv", "--folder", folder)
    assert done.returncode == 1
    assert "ExampleValidator  stopped:" in done.stdout
    assert Registry(folder / "models").served == 1


def test_the_old_model_stays_when_the_new_one_is_worse(folder):
    _run("sample", folder / "2.csv", "--span", 2)
    done = _run("run", folder / "2.csv", "--folder", folder, "--epochs", 1)
    assert done.returncode == 1
    assert "Evaluator         stopped:" in done.stdout
    assert Registry(folder / "models").served == 1


def test_no_request_fails_while_the_model_is_changed_and_rolled_back(folder):
    import shutil

    registry = Registry(folder / "models")
    # the same network once more, as version 2
    number, path = registry.new_version()
    shutil.copytree(registry.path(1), path, dirs_exist_ok=True)

    async def story(url):
        loading = asyncio.create_task(load.generate(url, seconds=8))
        await asyncio.sleep(2)
        registry.push(number)
        await asyncio.sleep(3)
        registry.rollback()
        return await loading

    command = [*_COMMAND, "serve", "--folder", str(folder), "--port", "8591"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            url = process.stdout.readline().split(" on ")[1].strip()
            found = asyncio.run(story(url))
        finally:
            process.terminate()
        said = process.stdout.read()
    assert found.failed == 0
    assert found.answered > 100
    assert "version 2 is served, in place of 1" in said
    assert "version 1 is served, in place of 2" in said
