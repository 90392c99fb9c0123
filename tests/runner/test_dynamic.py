"""Text that a program runs itself."""

from __future__ import annotations

from tests.runner.support import Place


def test_text_that_a_program_reads_and_runs_is_migrated(place: Place) -> None:
    place.write("config.py", "size = 3\n")
    place.write("part.py", "import tensorflow as tf\n\nx = tf.placeholder('part')\nprint 'Python 2'\n")
    place.write("uses.py", "y = tf.contrib.__name__, np.float(size)\n")
    place.write(
        "net.py",
        """\
        import numpy as np
        import tensorflow as tf
        exec(open("config.py").read())
        exec(open("part.py", "rb").read())
        print(x)
        exec(open("uses.py").read())
        print(y)
        def inner(size=4):
            names = {"z": 1}
            exec(compile(open("part.py").read(), "part.py", "exec"), names)
            exec("z = z + size", {"size": size}, names)
            return names["x"], names["z"]
        print(inner())
        exec("a = b'plain'")
        code = compile("1 + 1", "<x>", "eval")
        print(a, eval(code), eval("size"))
        """,
    )
    assert place.output("net.py") == [
        "Python 2",
        "placeholder of part",
        "('tf2kit.compat.contrib', 3.0)",
        "Python 2",
        "('placeholder of part', 5)",
        "b'plain' 2 3",
    ]


def test_a_program_that_only_runs_text_is_watched_too(place: Place) -> None:
    place.write("part.py", "import tensorflow as tf\nx = tf.placeholder('part')\n1 / 0\n")
    path = place.write("net.py", "exec(open('part.py').read())\n")
    done = place.run("net.py")
    assert done.stdout == "graph mode\n"
    assert f'  File "{path}", line 1, in <module>\n' in done.stderr
    assert '  File "<string>", line 3, in <module>\nZeroDivisionError' in done.stderr
    assert "tf2kit" not in done.stderr.replace(str(place.work.parent), "")


def test_functions_of_the_program_with_these_names_are_its_own(place: Place) -> None:
    place.write(
        "net.py",
        """\
        import tensorflow as tf
        def compile(text, name, mode):
            return text
        class Model:
            def exec(self, text):
                return text
        print(compile("import tensorflow as tf", "", "exec"), Model().exec("import tensorflow"), tf.placeholder("x"))
        """,
    )
    assert place.output("net.py") == ["import tensorflow as tf import tensorflow placeholder of x"]
