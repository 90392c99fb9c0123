"""Python 2 texts become Python 3 texts on the lines that need it, and everything else comes back byte for byte."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from tf2kit.migrate.edits import apply
from tf2kit.migrate.python2 import Python2Result, upgrade

PYTHON3 = {
    "empty": b"",
    "print function": b"print('a', file=f)\n",
    "print in a string": b"s = 'print >>f'\n",
    "print function imported": b"from __future__ import print_function\nprint >>f\n",
    "a name that only looks like Python 2": b"raw_input = 1\n",
    "crlf": b"if x:\r\n\ty = 1\r\n",
}
BROKEN = {
    "merge marker": b"print 'a'\n<<<<<<< HEAD\n",
    "open bracket": b"f(\n",
    "keyword used as a name": b"async = 1\n",
    "escape in a ur string": b"print ur'\\u00e9'\n",
}


def checked(text: bytes) -> Python2Result:
    """The result, after the promises that hold for every result."""
    result = upgrade(text)
    assert apply(text, result.edits) == result.text
    assert upgrade(result.text).text == result.text
    for finding in result.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.fix is None or set(finding.fix.edits) <= set(result.edits)
    if result.text != text:
        ast.parse(result.text.decode())
    return result


@pytest.mark.parametrize("text", PYTHON3.values(), ids=PYTHON3)
def test_python_3_comes_back_without_a_finding(text: bytes) -> None:
    assert checked(text) == Python2Result(text)


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_what_neither_python_reads_comes_back_as_it_is(text: bytes) -> None:
    assert checked(text).text == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print 'a'", "print('a')"),
        ("print 'a',", "print('a', end=' ')"),
        ("print", "print()"),
        ("print >>f, x", "print(x, file=f)"),
        ("print (a), b", "print((a), b)"),
        ("print ('%d') % a", "print(('%d') % a)"),
        ("print -1", "print(-1)"),
        ("raise E, 'x'", "raise E('x')"),
        ("exec code in space", "exec(code, space)"),
        ("x = `a`", "x = repr(a)"),
        ("x = a <> b", "x = a != b"),
        ("x = 0777", "x = 0o777"),
        ("x = 10L", "x = 10"),
        ("x = ur'a\\d'", "x = r'a\\d'"),
        ("g.throw(E, 'x')\nprint 1", "g.throw(E('x'))\nprint(1)"),
        ("try: pass\nexcept A, e: pass", "try: pass\nexcept A as e: pass"),
        ("def f((a, b)):\n    pass", "def f(pair):\n    (a, b) = pair\n    pass"),
        ("f = lambda (a, b): a\nprint f", "f = lambda a_b: a_b[0]\nprint(f)"),
    ],
)
def test_a_statement_of_python_2_becomes_its_python_3_form(old: str, new: str) -> None:
    assert checked(old.encode()).text.decode() == new


def test_only_the_lines_that_need_it_change() -> None:
    result = checked(b"x  =  1   \n\nprint  x  # text\ny = ( 2 )\t\n")
    assert result.text == b"x  =  1   \n\nprint(x)  # text\ny = ( 2 )\t\n"
    assert result.lines == (3,)


@pytest.mark.parametrize("newline", [b"\r\n", b"\r", b"\n"])
def test_newlines_survive(newline: bytes) -> None:
    text = newline.join([b"def f((a, b)):", b"    s = '''x", b"y'''", b"    print a", b"    print b"])
    lines = checked(text).text.split(newline)
    assert lines[0] == b"def f(pair):"
    assert lines[-2:] == [b"    print(a)", b"    print(b)"]
    assert b"\n" not in checked(text).text.replace(newline, b"")


def test_text_that_is_not_ascii_survives() -> None:
    text = "# -*- coding: latin-1 -*-\nprint 'Zürich — 東京'  # é\n".encode()
    assert checked(text).text.decode() == "# -*- coding: latin-1 -*-\nprint('Zürich — 東京')  # é\n"


def test_tabs_are_expanded_to_columns_of_eight_but_not_in_strings() -> None:
    text = b"if x:\n        a = 1\n\tb = '''\n\tkept\n\t'''\n  \tc = 1\n"
    result = checked(text)
    assert result.text == b"if x:\n        a = 1\n        b = '''\n\tkept\n\t'''\n        c = 1\n"
    assert [f.code for f in result.findings] == ["PY202"]


def test_tabs_that_python_3_can_live_with_stay() -> None:
    assert checked(b"if x:\n\tprint 'a'\n").text == b"if x:\n\tprint('a')\n"


def test_tabs_and_print_statements_are_mended_together() -> None:
    result = checked(b"if x:\n        print 1\n\tprint 2\n")
    assert result.text == b"if x:\n        print(1)\n        print(2)\n"
    assert {f.code for f in result.findings} >= {"PY201"}


def test_tabs_do_not_hide_a_statement_that_both_pythons_parse() -> None:
    assert checked(b"if x:\n        y = 1\n\tprint\n").text == b"if x:\n        y = 1\n        print()\n"


def divisions(text: str) -> list[bool]:
    """For each finding on a division, whether it was made ``//``."""
    return [f.fix is not None for f in checked(text.encode()).findings if f.code == "PY203"]


@pytest.mark.parametrize("expression", ["len(x) / 2", "(1 + 2) / int(y)", "7 / 2", "-7 / 2"])
def test_a_division_of_whole_numbers_keeps_what_python_2_computed(expression: str) -> None:
    text = f"print {expression}\n"
    assert checked(text.encode()).text.decode() == f"print({expression.replace('/', '//')})\n"
    assert divisions(text) == [True]


@pytest.mark.parametrize("line", ["y = a / b", "y = x.shape[0] / 2", "y /= 2", "y = self.size / batch"])
def test_a_division_that_may_be_of_whole_numbers_is_reported_and_left(line: str) -> None:
    text = f"{line}\nprint y\n"
    assert checked(text.encode()).text.decode() == f"{line}\nprint(y)\n"
    assert divisions(text) == [False]


@pytest.mark.parametrize("line", ["y = a / 2.0", "y = 1.0 * a / b", "y = float(a) / b", "y = tf.reduce_sum(a) / 2"])
def test_a_division_with_a_fraction_is_not_mentioned(line: str) -> None:
    assert divisions(f"{line}\nprint y\n") == []


def test_divisions_are_left_alone_where_the_file_asks_for_true_division() -> None:
    assert divisions("from __future__ import division\nprint 7 / 2\n") == []


def test_divisions_of_python_3_files_are_not_mentioned() -> None:
    assert checked(b"print(len(x) / 2)\n").findings == ()


def test_findings_point_at_the_lines_of_the_original() -> None:
    text = b"a = 1\ndef f((a, b)):\n    pass\nprint a\n"
    assert [text[f.start : f.end] for f in checked(text).findings] == [b"def f((a, b)):", b"print a"]


def test_files_that_are_python_3_do_not_load_the_converter() -> None:
    code = (
        "import sys; from tf2kit.migrate.python2 import upgrade; upgrade(b'print(1)'); print('fissix' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        == "False"
    )
