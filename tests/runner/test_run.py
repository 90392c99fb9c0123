"""`tf2kit run` starts unmodified programs as `python` does."""

from __future__ import annotations

import signal
import subprocess
import textwrap

import pytest

from tests.runner.support import Place

NET = "import tensorflow as tf\nprint(tf.placeholder('float'), __name__)\n"
MODEL = "import tensorflow as tf\nx = tf.placeholder('int')\n"


def test_a_program_runs_as_tensorflow_1_and_its_files_stay_as_they_are(place: Place) -> None:
    path = place.write("net.py", NET)
    done = place.run("net.py")
    assert (done.stdout, done.stderr, done.returncode) == ("graph mode\nplaceholder of float __main__\n", "", 0)
    assert path.read_text() == NET
    assert [p.name for p in place.work.iterdir()] == ["net.py"]


def test_words_behind_the_script_belong_to_the_program(place: Place) -> None:
    place.write("net.py", "import sys\nimport tensorflow as tf\ntf.placeholder\nprint(sys.argv)\n")
    assert place.output("net.py", "-v", "--help") == ["['net.py', '-v', '--help']"]


def test_modules_that_the_program_imports_are_migrated_too(place: Place) -> None:
    place.write("net.py", "from lib import model\nprint(model.x)\n")
    place.write("lib/__init__.py", "")
    place.write("lib/model.py", MODEL)
    assert place.output("net.py") == ["placeholder of int"]


def test_a_script_in_a_folder_sees_its_neighbours_and_the_working_folder_stays(place: Place) -> None:
    place.write("scripts/net.py", "import os\nimport model\nprint(model.x, open('data.txt').read(), os.getcwd())\n")
    place.write("scripts/model.py", MODEL)
    place.write("data.txt", "data")
    assert place.output("scripts/net.py") == [f"placeholder of int data {place.work}"]


def test_a_module_runs_by_its_name(place: Place) -> None:
    place.write("lib/__init__.py", "print('lib first')")
    place.write(
        "lib/net.py",
        "import tensorflow as tf\nfrom . import other\nprint(other.x, __package__, __name__, __spec__.name)\n",
    )
    place.write("lib/other.py", MODEL)
    assert place.output("-m", "lib.net") == ["lib first", "placeholder of int lib __main__ lib.net"]


def test_a_package_runs_by_its_name_and_a_folder_by_its_path(place: Place) -> None:
    place.write("lib/__init__.py", "")
    place.write("lib/__main__.py", "import sys\nimport lib.other\nprint(lib.other.x, __spec__.name, len(sys.argv))\n")
    place.write("lib/other.py", MODEL)
    assert place.output("-m", "lib", "more") == ["placeholder of int lib.__main__ 2"]
    place.write("app/__main__.py", "import sys\nimport other\nprint(other.x, __name__, sys.argv)\n")
    place.write("app/other.py", MODEL)
    assert place.output("app") == ["placeholder of int __main__ ['app']"]


def test_an_installed_package_that_is_named_is_the_program(place: Place) -> None:
    for name in ("old", "other"):
        (place.stub / name).mkdir()
        (place.stub / name / "__init__.py").write_text("")
        (place.stub / name / "model.py").write_text(MODEL)
    (place.stub / "old" / "__main__.py").write_text("from old.model import x\nprint x\nimport other.model\n")
    done = place.run("-m", "old")
    assert done.stdout == "graph mode\nplaceholder of int\n"
    assert "other/model.py" in done.stderr
    assert done.stderr.endswith("AttributeError: module 'tensorflow' has no attribute 'placeholder'\n")


def test_the_namespace_of_the_program_is_that_of_python(place: Place) -> None:
    text = """\
        import sys
        print(sorted(n for n in globals() if n not in ("os", "tf")), __file__, __package__, __spec__, sys.path[0])
        print(sys.modules["__main__"].__dict__ is globals(), type(__builtins__), __annotations__, type(__loader__).__name__)
        """
    place.write("plain.py", text)
    place.write("net.py", textwrap.dedent(text) + "import tensorflow as tf\ntf.placeholder\n")
    command = [*place.command()[:1], "plain.py"]
    python = subprocess.run(command, cwd=place.work, env=place.environment(), capture_output=True, text=True).stdout
    assert place.run("plain.py").stdout == python
    assert "\n".join(place.output("net.py")) + "\n" == python.replace("plain.py", "net.py")


def test_keras_2_is_chosen_before_tensorflow_is_imported_unless_the_user_has_chosen(place: Place) -> None:
    place.write("net.py", "import model\nprint(model.y)\n")
    place.write("model.py", "import tensorflow as tf\ny = tf.layers.dense(1)\n")
    assert place.output("net.py") == ["dense under Keras 2"]
    place.write("late.py", "import importlib\nprint(importlib.import_module('mod' + 'el').y)\n")
    assert place.output("late.py") == ["dense under Keras 2"]


def test_a_module_that_only_its_name_at_run_time_tells_is_migrated_when_it_is_imported(place: Place) -> None:
    place.write(
        "net.py", "import importlib, sys\nimport tensorflow as tf\nprint(importlib.import_module(sys.argv[1]).x)\n"
    )
    place.write("models/__init__.py", "")
    place.write("models/a.py", "from . import base\nx = base.x\n")
    place.write("models/base.py", MODEL)
    for _ in range(2):
        assert place.output("net.py", "models.a") == ["placeholder of int"]


def test_modules_beside_the_program_are_found_through_the_python_path(place: Place) -> None:
    place.write("shared/util.py", "import tensorflow as tf\nfrom more import x\nprint 'Python 2 too'\n")
    place.write("shared/more.py", MODEL)
    place.write("app/net.py", "import sys\nsys.path.append('../shared')\nimport util\nprint(util.x)\n")
    for _ in range(2):
        assert place.output("net.py", cwd="app") == ["Python 2 too", "placeholder of int"]
    place.write("app/other.py", "import util\nprint(util.x)\n")
    done = place.run("app/other.py", PYTHONPATH=f"{place.stub}:{place.work / 'shared'}")
    assert done.stdout.splitlines()[-1] == "placeholder of int", done.stderr


def test_installed_packages_are_left_alone(place: Place) -> None:
    place.write("venv/lib/site-packages/old.py", "import tensorflow as tf\ndef f():\n    return tf.placeholder('x')\n")
    place.write(
        "net.py",
        "import sys\nsys.path.append('venv/lib/site-packages')\nimport tensorflow as tf\nimport old\nprint(tf.placeholder('y'))\nold.f()\n",
    )
    done = place.run("net.py")
    assert "placeholder of y" in done.stdout
    assert "AttributeError: module 'tensorflow' has no attribute 'placeholder'" in done.stderr


def test_a_python_2_program_runs(place: Place) -> None:
    place.write("net.py", "import tensorflow as tf\nfor i in xrange(1):\n    print 'x is', tf.placeholder('x')\n")
    assert place.output("net.py") == ["x is placeholder of x"]


def test_classes_of_the_program_can_be_pickled_and_shown_and_modules_loaded_again(place: Place) -> None:
    place.write(
        "net.py",
        """\
        import importlib, inspect, pickle, runpy
        import tensorflow as tf
        import model

        class Net(object):
            def build(self):
                return tf.placeholder("x")

        print(type(pickle.loads(pickle.dumps(Net()))) is Net, Net.__module__)
        print(inspect.getsource(Net.build).strip().splitlines()[-1].strip(), inspect.getsource(Net)[:17])
        open("model.py", "a").write("x = tf.placeholder('changed')\\n")
        print(importlib.reload(model).x, runpy.run_path("model.py")["x"], runpy.run_module("model")["x"])
        """,
    )
    place.write("model.py", MODEL)
    assert place.output("net.py") == [
        "True __main__",
        'return tf.placeholder("x") class Net(object)',
        "placeholder of changed placeholder of changed placeholder of changed",
    ]


# -- how it ends -----------------------------------------------------------------------------------------------------


def test_a_traceback_shows_the_users_file_and_line_and_nothing_of_ours(place: Place) -> None:
    path = place.write(
        "net.py",
        "import tensorflow as tf\nimport model\nx = tf.placeholder('float')\n\ndef f():\n    model.g(x)\n\nf()\n",
    )
    model = place.write("model.py", "import tensorflow as tf\ndef g(x):\n    raise KeyError(x, tf.contrib and 1)\n")
    for _ in range(2):
        done = place.run("net.py")
        assert done.returncode == 1
        trace = done.stderr[done.stderr.index("Traceback") :]
        assert f'  File "{path}", line 8, in <module>\n    f()\n' in trace
        assert f'  File "{path}", line 6, in f\n    model.g(x)\n' in trace
        assert f'  File "{model}", line 3, in g\n    raise KeyError(x, tf.contrib and 1)\n' in trace
        assert "tf2kit" not in trace.replace(str(place.work.parent), "")
        assert "importlib" not in trace


def test_a_broken_file_gives_the_syntax_error_of_python(place: Place) -> None:
    path = place.write("net.py", "import tensorflow as tf\nx = = 1\n")
    done = place.run("net.py")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert f'  File "{path}", line 2\n    x = = 1\n' in done.stderr
    assert done.stderr.endswith("SyntaxError: invalid syntax\n")
    place.write("main.py", "import tensorflow as tf\nimport net\ntf.placeholder\n")
    assert f'  File "{path}", line 2\n    x = = 1\n' in place.run("main.py").stderr


def test_the_exit_code_is_the_programs(place: Place) -> None:
    place.write("net.py", "import sys, atexit\natexit.register(print, 'bye')\nsys.exit(eval(sys.argv[1]))\n")
    for word, code in (("7", 7), ("None", 0), ("'why'", 1)):
        done = place.run("net.py", word)
        assert (done.returncode, done.stdout) == (code, "bye\n")
    assert done.stderr == "why\n"


def test_a_program_may_handle_its_own_errors(place: Place) -> None:
    place.write(
        "net.py",
        "import sys\nsys.excepthook = lambda kind, error, trace: print(kind.__name__, trace.tb_lineno)\n1 / 0\n",
    )
    done = place.run("net.py")
    assert (done.stdout, done.stderr, done.returncode) == ("ZeroDivisionError 3\n", "", 1)


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="needs signals")
def test_control_c_ends_the_program_by_the_signal_behind_all_that_is_to_do_at_exit(place: Place) -> None:
    place.write("net.py", "import atexit, signal\natexit.register(print, 'bye')\nsignal.raise_signal(signal.SIGINT)\n")
    done = place.run("net.py")
    assert (done.returncode, done.stdout) == (-signal.SIGINT, "bye\n")
    assert done.stderr.endswith("KeyboardInterrupt\n")


def test_a_debugger_shows_the_users_lines(place: Place) -> None:
    place.write("net.py", "import tensorflow as tf\nx = tf.placeholder('x')\nbreakpoint()\ny = x  # here\n")
    done = place.run("net.py", stdin="p x\nlist 1,1\nc\n")
    assert "(Pdb) 'placeholder of x'\n(Pdb)   1  \timport tensorflow as tf\n" in done.stdout
    here = ("net.py(4)<module>()\n-> y = x  # here\n", "net.py(3)<module>()\n-> breakpoint()\n")  # since Python 3.13
    assert any(line in done.stdout for line in here)


def test_warnings_name_the_users_line(place: Place) -> None:
    path = place.write("net.py", "import tensorflow as tf, warnings\ntf.placeholder\nwarnings.warn('careful')\n")
    assert place.run("net.py").stderr == f"{path}:3: UserWarning: careful\n  warnings.warn('careful')\n"


# -- what tf2kit itself says -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nope.py"], "there is no script 'nope.py'; check the path (use -m for a module's name)"),
        (["-"], "a program on standard input has no file that could be migrated; save it and run that file"),
        (["-m", "nope"], "there is no module 'nope' here or on the path; start where `python -m nope` works"),
        (["empty"], "the folder 'empty' has no __main__.py; name the script to run"),
        (["a.ipynb"], "'a.ipynb' is a notebook; open it in Jupyter and begin with the cell: %load_ext tf2kit"),
    ],
)
def test_what_cannot_be_run_is_a_sentence(place: Place, words: list[str], sentence: str) -> None:
    place.write("empty/x.txt", "")
    place.write("a.ipynb", "{}")
    done = place.run(*words)
    assert (done.returncode, done.stderr) == (2, f"error: {sentence}\n")


def test_verbose_shows_what_is_changed_and_where_it_is_remembered(place: Place) -> None:
    place.write("net.py", "import tensorflow as tf\ntf.placeholder('a')\n")
    for _ in range(2):
        said = place.run("-v", "net.py").stderr
        assert "+tf.disable_v2_behavior()" in said
        assert said.endswith(f"remembered in {place.cache}\n")


def test_what_is_left_for_a_person_is_said_unless_it_shall_be_quiet(place: Place) -> None:
    place.write("net.py", "import tensorflow as tf\nif 0: tf.no_such_name\ntf.placeholder\n")
    assert place.run("net.py").stderr == (
        f"tf2kit: 1 finding is left in this program; `tf2kit check {place.work}` shows them.\n"
    )
    assert place.run("-q", "net.py").stderr == ""
