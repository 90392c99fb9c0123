"""Processes that a program starts belong to the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.runner.support import Place
from tf2kit.runner.children import through_tf2kit
from tf2kit.runner.places import Places

MODEL = "import tensorflow as tf\ndef f(x):\n    return tf.placeholder(x)\nprint 'Python 2 too'\n"


@pytest.mark.parametrize("method", ["spawn", "forkserver", "fork"])
def test_processes_of_multiprocessing_run_the_migrated_program(place: Place, method: str) -> None:
    place.write("model.py", MODEL)
    place.write(
        "net.py",
        """\
        import multiprocessing, sys
        from concurrent.futures import ProcessPoolExecutor
        import tensorflow as tf
        import model

        class Job(object):
            def __init__(self, name):
                self.name = name
            def __call__(self):
                return tf.placeholder(self.name), type(self).__module__, tf.keras

        def work(job):
            return job()

        if __name__ == "__main__":
            multiprocessing.set_start_method(sys.argv[1])
            with ProcessPoolExecutor(1) as pool:
                print(list(pool.map(model.f, "a")), list(pool.map(work, [Job("b")])))
        """,
    )
    for words in (["net.py"], ["-m", "net"]):
        output = place.output(*words, method)
        name = "__main__" if method == "fork" else "__mp_main__"
        assert output[-1] == f"['placeholder of a'] [('placeholder of b', '{name}', '1')]"


def test_a_script_that_is_started_with_this_interpreter_is_migrated(place: Place) -> None:
    place.write("scripts/worker.py", "import sys\nimport tensorflow as tf\nprint tf.placeholder(sys.argv[1])\n")
    place.write("scripts/__init__.py", "")
    place.write(
        "net.py",
        """\
        import subprocess, sys
        import tensorflow as tf
        command = [sys.executable, "-u", "scripts/worker.py", "a"]
        child = subprocess.Popen(command, stdout=subprocess.PIPE)
        print(child.communicate()[0].decode().split("\\n")[1], child.args == command)
        print(subprocess.check_output([sys.executable, "-m", "scripts.worker", "b"]).decode().split("\\n")[1])
        print(subprocess.check_output([sys.executable, "worker.py", "c"], cwd="scripts").decode().split("\\n")[1])
        print(subprocess.check_output([sys.executable, "-c", "print('as it is')"]).decode().strip())
        tf.placeholder
        """,
    )
    expected = ["placeholder of a True", "placeholder of b", "placeholder of c", "as it is"]
    assert place.output("net.py") == expected


PYTHON = sys.executable
PREFIX = ["-m", "tf2kit", "run", "-q"]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ([PYTHON, "a.py", "-x"], [PYTHON, *PREFIX, "a.py", "-x"]),
        ((PYTHON, "-u", "-W", "ignore", "-Xdev", "a.py"), [PYTHON, "-u", "-W", "ignore", "-Xdev", *PREFIX, "a.py"]),
        ([PYTHON, b"a.py"], [PYTHON, *PREFIX, b"a.py"]),
        ([PYTHON, "-m", "a", "x"], [PYTHON, *PREFIX, "-m", "a", "x"]),
        ([PYTHON, "-m", "pip", "list"], None),
        ([PYTHON, "-m", "json.tool"], None),
        ([PYTHON, "-c", "1", "a.py"], None),
        ([PYTHON, "-S", "a.py"], None),
        ([PYTHON, "-"], None),
        ([PYTHON, "nope.py"], None),
        ([PYTHON], None),
        (["/bin/echo", "a.py"], None),
        (["no-such-python", "a.py"], None),
        (f"{PYTHON} a.py", None),
        ([], None),
        ([PYTHON, 7], None),
    ],
)
def test_only_scripts_of_the_program_go_through_tf2kit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: object, expected: object
) -> None:
    (tmp_path / "a.py").write_text("")
    monkeypatch.chdir(tmp_path)
    assert through_tf2kit(command, Places(str(tmp_path))) == expected


def test_the_interpreter_is_known_by_its_short_name_only_where_the_path_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", os.path.dirname(PYTHON))
    name = os.path.basename(PYTHON)
    assert through_tf2kit([name, "a.py"], Places(str(tmp_path))) == [name, *PREFIX, "a.py"]
    (tmp_path / name).symlink_to(PYTHON)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert through_tf2kit([name, "a.py"], Places(str(tmp_path))) is None


def test_a_worker_is_started_without_the_cache_too(place: Place) -> None:
    place.cache.write_text("not a folder")
    place.write(
        "net.py", "import subprocess, sys\nimport tensorflow as tf\nsubprocess.check_call([sys.executable, 'w.py'])\n"
    )
    place.write("w.py", "import tensorflow as tf\nprint(tf.placeholder('x'))\n")
    done: subprocess.CompletedProcess[str] = place.run("net.py")
    assert (done.returncode, done.stdout) == (0, "graph mode\nplaceholder of x\n")
