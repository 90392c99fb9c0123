"""Cells of TensorFlow 1 notebooks run after `%tensorflow_version 1.x`, and everything else of IPython stays."""

from __future__ import annotations

import pytest

from tests.notebook.support import run_cells
from tests.runner.support import Place

ONE = "%tensorflow_version 1.x"
IMPORT = "import tensorflow as tf"


def test_the_cells_that_follow_run_as_tensorflow_1(place: Place) -> None:
    chosen, loaded, ran = run_cells(place, ONE, IMPORT, "tf.placeholder('x')")
    assert chosen.out == "TensorFlow 1.x selected.\n"
    assert loaded.out == "graph mode\n"
    assert (ran.value, ran.out) == ("'placeholder of x'", "Out[4]: 'placeholder of x'\n")


def test_one_cell_may_choose_and_import(place: Place) -> None:
    (ran,) = run_cells(place, f"{ONE}\n{IMPORT}\nprint tf.placeholder('x'), tf.layers.dense(1)")
    assert ran.out.splitlines() == [
        "TensorFlow 1.x selected.",
        "graph mode",
        "placeholder of x dense under Keras 2",
    ]


def test_a_cell_knows_what_the_cells_before_it_have_bound(place: Place) -> None:
    cells = run_cells(
        place,
        "import numpy as np",
        ONE,
        IMPORT,
        "c = tf.contrib\nnp2 = np",
        "c.__name__, np2.float(1), np.int",
        "np = 3\nnp2 = None",
        "tf.contrib.__name__, np",
    )
    assert [c.value for c in cells[4::2]] == [
        "('tf2kit.compat.contrib', 1.0, <class 'int'>)",
        "('tf2kit.compat.contrib', 3)",
    ]
    assert all(c.good for c in cells)


def test_modules_of_the_notebooks_folder_are_migrated_and_installed_ones_are_not(place: Place) -> None:
    place.write(
        "model.py", "import tensorflow as tf\nfrom util import more\nx = tf.placeholder('model')\nprint 'Python 2'\n"
    )
    place.write("util.py", "import tensorflow as tf\nmore = tf.placeholder\n")
    place.write("lib/site-packages/old.py", "import tensorflow as tf\nx = tf.placeholder('x')\n")
    ran, reloaded, old = run_cells(
        place,
        f"{ONE}\nimport model\nprint(model.x)",
        "import importlib\nopen('model.py', 'a').write('x += \"!\"\\n')\nimportlib.reload(model).x",
        "import sys\nsys.path.append('lib/site-packages')\nimport old",
    )
    assert ran.out.splitlines()[-2:] == ["Python 2", "placeholder of model"]
    assert reloaded.value == "'placeholder of model!'"
    assert "module 'tensorflow' has no attribute 'placeholder'" in old.out


def test_a_notebook_may_run_eagerly(place: Place) -> None:
    place.write("model.py", "import tensorflow as tf\nx = tf.placeholder('model')\n")
    _, chosen, ran = run_cells(place, ONE, f"{IMPORT}\ntf.enable_eager_execution()", f"{IMPORT}\nimport model\nmodel.x")
    assert (chosen.out, ran.out) == ("graph mode\neager mode\n", "Out[4]: 'placeholder of model'\n")


def test_a_traceback_shows_the_cells_own_text_and_lines(place: Place) -> None:
    text = "def f():\n    y = np.float(1)\n    x = tf.contrib\n    raise KeyError(\n        tf.placeholder('x'))"
    *_, ran = run_cells(place, f"{ONE}\n{IMPORT}\nimport numpy as np", text, "f()")
    assert "Cell In[3], line 4, in f()\n" in ran.out
    assert (
        "      2 y = np.float(1)\n      3 x = tf.contrib\n----> 4 raise KeyError(\n      5     tf.placeholder('x'))\n"
        in ran.out
    )
    assert "tf_contrib" not in ran.out


def test_what_is_not_python_is_the_users_error(place: Place) -> None:
    _, broken, after = run_cells(place, f"{ONE}\n{IMPORT}", "x = 1\nfor i in", "tf.placeholder('x')")
    assert not broken.good
    assert "line 2\n    for i in\n" in broken.out
    assert "SyntaxError: invalid syntax" in broken.out
    assert after.value == "'placeholder of x'"


def test_magics_shell_lines_await_and_future_imports_go_on(place: Place) -> None:
    _, timed, captured, waited, installed, future = run_cells(
        place,
        f"{ONE}\n{IMPORT}\nimport asyncio",
        "%%time\ntf.placeholder('t')",
        "%%capture said\nprint 'said', tf.placeholder('c')",
        "await asyncio.sleep(0, tf.placeholder('a'))",
        "!echo pip install tensorflow-gpu==1.15 $((1 + 1))\nx = !echo 3\nx",
        "from __future__ import print_function\nprint(tf.contrib and 3)",
    )
    assert timed.value == "'placeholder of t'"
    assert "Wall time" in timed.out
    assert captured.good
    assert waited.value == "'placeholder of a'"
    assert installed.value == "['3']"
    assert (future.good, future.out) == (True, "3\n")


def test_findings_that_stop_a_cell_are_said_before_it_runs(place: Place) -> None:
    _, ran = run_cells(place, f"{ONE}\n{IMPORT}", "x = 1\ntf.no_such_name")
    assert ran.err == "tf2kit: line 2: tf.no_such_name does not exist in TensorFlow 2.21.0 (SYM199)\n"


def test_it_switches_back_and_says_which_it_is(place: Place) -> None:
    asked, _, again, answer, back, gone = run_cells(
        place,
        "%tensorflow_version",
        f"{ONE}\n{IMPORT}",
        ONE,
        "%tensorflow_version",
        "%tensorflow_version 2.x",
        "tf.mul",
    )
    assert asked.out == "Currently selected TF version: 2.x\nAvailable versions:\n* 1.x\n* 2.x\n"
    assert again.out == "TensorFlow 1.x is already selected.\n"
    assert answer.out.startswith("Currently selected TF version: 1.x\n")
    assert back.out.splitlines()[:2] == [
        "TensorFlow 2.x selected.",
        "TensorFlow is already loaded. Please restart the runtime to change versions.",
    ]
    assert "has no attribute 'mul'" in gone.out


def test_a_full_version_is_read_as_its_major_version_and_others_are_refused(place: Place) -> None:
    full, wrong = run_cells(place, "%tensorflow_version 1.15.2", "%tensorflow_version 3")
    assert full.out == (
        "`%tensorflow_version` only switches the major version: 1.x or 2.x.\n"
        "You set: `1.15.2`. This will be interpreted as: `1.x`.\n\nTensorFlow 1.x selected.\n"
    )
    assert "`%tensorflow_version` takes 1.x or 2.x, not '3'" in wrong.err


def test_a_kernel_that_has_tensorflow_2_says_what_to_do(place: Place) -> None:
    _, chosen, once, plain = run_cells(place, IMPORT, ONE, "%%tf1\ntf.placeholder('x')", "1 + 1")
    for refused in (chosen, once):
        assert not refused.good
        assert "TensorFlow is already loaded. Please restart the runtime to change versions." in refused.err
        assert "%tensorflow_version 1.x\nbefore the first cell that imports TensorFlow." in refused.err
        assert "Traceback" not in refused.out + refused.err
    assert plain.value == "2"


def test_one_cell_runs_as_tensorflow_1(place: Place) -> None:
    place.write("model.py", "import tensorflow as tf\nx = tf.placeholder('model')\n")
    place.write("late.py", "import tensorflow as tf\nx = tf.placeholder('late')\n")
    ran, error, other, called = run_cells(
        place,
        "%%tf1\nimport tensorflow as tf\nimport model\nprint model.x\ntf.placeholder('x')",
        "%%tf1\n\n1 / 0",
        "import late",
        "get_ipython().run_cell_magic('tf1', '', 'print 3')",
    )
    assert (ran.value, ran.out.splitlines()[-2]) == ("'placeholder of x'", "placeholder of model")
    assert "----> 3 1 / 0" in error.out
    assert "module 'tensorflow' has no attribute 'placeholder'" in other.out
    assert called.out == "3\n"


def test_cells_of_version_2_are_left_alone(place: Place) -> None:
    *_, ran = run_cells(place, "import numpy as np", "print 1", "np.float")
    assert "has no attribute 'float'" in ran.out


def test_unloading_takes_everything_back(place: Place) -> None:
    *_, ran, magic = run_cells(place, f"{ONE}\n{IMPORT}", "%unload_ext tf2kit", "print 1", "tf.__name__")
    assert "SyntaxError" in ran.out
    assert magic.value == "'tensorflow.compat.v1'"


# -- %%migrate -------------------------------------------------------------------------------------------------------


def test_migrate_shows_the_difference_and_puts_the_new_text_into_the_next_cell(place: Place) -> None:
    first, second, third = run_cells(
        place,
        "%%migrate\n%tensorflow_version 1.x\nimport tensorflow as tf\nimport numpy as np",
        "%%migrate\n!pip install tensorflow==1.15\nx = tf.contrib.learn.ModeKeys\nprint np.float(3)\ntf.no_such",
        "%%migrate\ny = 1\n",
    )
    assert first.next == (
        "# %tensorflow_version 1.x: removed by tf2kit, Colab has TensorFlow 2 only\n"
        'import os\nos.environ["TF_USE_LEGACY_KERAS"] = "1"\n'
        "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\nimport numpy as np"
    )
    assert (
        second.out
        == """\
+ from tf2kit.compat import contrib as tf_contrib
- !pip install tensorflow==1.15
+ !pip install tensorflow==2.21.*
- x = tf.contrib.learn.ModeKeys
+ x = tf_contrib.learn.ModeKeys
- print np.float(3)
+ print(float(3))
  tf.no_such
line 4: tf.no_such does not exist in TensorFlow 2.21.0 (SYM199). Find out which TensorFlow version had it and what it did there.
"""
    )
    assert (third.out, third.next) == ("Nothing to change.\n", None)


@pytest.mark.parametrize("cell", ["%%migrate\nfor i in", "%%migrate\n%%bash\nls"])
def test_migrate_leaves_a_cell_alone_that_it_cannot_read(place: Place, cell: str) -> None:
    (ran,) = run_cells(place, cell)
    assert ran.out.startswith("Nothing to change.\n")
    assert ran.next is None
