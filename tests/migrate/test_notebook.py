"""A notebook reads as plain Python, magics come back, and findings point into cells."""

from __future__ import annotations

import ast
import json
from typing import Any

import pytest
from tf2kit.migrate import edits
from tf2kit.migrate.findings import Edit, Safety
from tf2kit.migrate.notebook import Notebook, NotebookError
from tf2kit.migrate.rules import all_rules
from tf2kit.migrate.rules.notebook import pip_install


def book_of(*sources: str | tuple[str, str]) -> Notebook:
    """A notebook of code cells; a pair is (kind, source)."""
    pairs = [s if isinstance(s, tuple) else ("code", s) for s in sources]
    cells = [{"cell_type": kind, "metadata": {}, "source": source.splitlines(True)} for kind, source in pairs]
    return Notebook.read("a.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode())


def sources_of(raw: bytes) -> list[str]:
    return ["".join(c["source"]) for c in json.loads(raw)["cells"]]


def fixed(book: Notebook) -> list[str]:
    """The cells after all fixes of the notebook's own findings."""
    return sources_of(book.encode(edits.apply(book.text, [e for f in book.findings() if f.fix for e in f.fix.edits])))


def test_code_cells_are_joined_with_markers_that_count_cells_of_every_kind() -> None:
    book = book_of("import a", ("markdown", "text"), "b = 1\n")
    assert book.text == b"# %% tf2kit cell 1\nimport a\n# %% tf2kit cell 3\nb = 1\n\n"


MAGIC = [
    "%matplotlib inline",
    "%load_ext tensorboard  # comment",
    "% matplotlib inline",
    "!ls -l 'unclosed",
    "!!ls",
    "!pip install a \\\n  b \\\n  c",
    "?tf.Session",
    "??tf.Session",
    "tf.Session?",
    "tf.Session??",
    "%time?",
    "tf.*Session*?",
    "files = !ls",
    "files=!ls",
    "a, b = %timeit -o f()",
    "self.x[0] = !ls \\\n -l",
    "pip install tensorflow",
    "cd ..",
    "ls -l data/x",
]


@pytest.mark.parametrize("magic", MAGIC)
@pytest.mark.parametrize(
    "around",
    ["{}", "x = 1\n{}\ny = 2\n", "{}\n{}", "x = '''\n'''\n{}", "f(\n  1)\n{}\n", "x = 1 # it's\n{}", "\n\n{}\n\n"],
)
def test_a_magic_line_is_hidden_and_comes_back(magic: str, around: str) -> None:
    source = around.replace("{}", magic)
    book = book_of(source, "z = 3")
    assert book.broken_cells == ()
    assert magic.encode() not in book.text
    ast.parse(book.text)
    assert sources_of(book.encode(book.text.replace(b"z = 3", b"z = 4"))) == [source, "z = 4"]
    edited = sources_of(book.encode(book.text.replace(b"cell 1\n", b"cell 1\nnew = 1\n")))
    assert edited == ["new = 1\n" + source, "z = 3"]


@pytest.mark.parametrize("magic", MAGIC)
def test_an_indented_magic_keeps_the_block_it_is_in(magic: str) -> None:
    source = f"try:\n\t{magic}\nexcept Exception:\n    pass"
    book = book_of(source)
    assert b"try:\n\tpass  # tf2kit:magic:1\nexcept" in book.text
    assert sources_of(book.encode(book.text.replace(b"\t", b"        "))) == [
        source.replace(f"\t{magic}", f"        {magic}")
    ]


@pytest.mark.parametrize(
    "source",
    [
        "x = (a\n  % b)",
        "x = a \\\n  % b",
        "s = '''\n%matplotlib inline\n!ls\nwhat?\n'''",
        "print('really?')",
        "x = 1  # really?",
        "s = \"it's\" # !ls\nt = '\\''",
        "a != b",
        "d = {\n'a': 1,\n}",
        "x %= 2",
        "f(a=1, b='!x')",
        "ls = 3\nls - 1\nls in x\nls / 2\ncat = ls",
        "s = r'\\d' + b'%d' % 3 + f'{x!r}'",
        's = """a\\"""b?\n"""\nx = 1',
    ],
)
def test_what_only_looks_like_a_magic_is_left_in_sight(source: str) -> None:
    book = book_of(source)
    assert source.encode() in book.text
    assert book.broken_cells == ()


@pytest.mark.parametrize(
    "magic",
    ["%%time", "%%timeit -n 3", "%%capture out", "%%prun", "\n%%time", "%%capture\n%%time", "#@title A\n%%time"],
)
def test_the_body_of_a_python_cell_magic_is_code(magic: str) -> None:
    book = book_of(f"{magic}\nx = old\n!ls")
    assert b"x = old" in book.text
    assert b"%%time" not in book.text
    assert sources_of(book.encode(book.text.replace(b"old", b"new"))) == [f"{magic}\nx = new\n!ls"]


@pytest.mark.parametrize(
    "magic",
    [
        "%%bash",
        "%%sh",
        "%%html",
        "%%writefile x.py",
        "%%javascript",
        "%%latex",
        "%%python2",
        "%%capture\n%%bash",
        "%%unknown x",
    ],
)
def test_a_cell_in_another_language_is_hidden_as_a_whole(magic: str) -> None:
    source = f"{magic}\nimport tensorflow as tf\n"
    book = book_of(source, "x = 1")
    assert b"tensorflow" not in book.text
    assert (book.broken_cells, book.findings()) == ((), [])
    assert sources_of(book.encode(book.text.replace(b"x", b"y"))) == [source, "y = 1"]


def test_a_line_put_above_a_cell_magic_goes_below_it() -> None:
    book = book_of("%%time\nx = 1")
    assert sources_of(book.encode(b"import a\n" + book.text)) == ["%%time\nimport a\nx = 1"]
    assert sources_of(book.encode(book.text.replace(b"cell 1\n", b"cell 1\nimport a\n"))) == ["%%time\nimport a\nx = 1"]


def test_lines_put_before_everything_go_to_the_first_cell_with_code() -> None:
    book = book_of("%%bash\nls", "!pip install x", "# only this", "", "x = 1", "y = 1")
    after = sources_of(book.encode(b"import a\n\nimport b\n" + book.text))
    assert after == ["%%bash\nls", "!pip install x", "# only this", "", "import a\n\nimport b\nx = 1", "y = 1"]


def test_lines_put_into_a_hidden_cell_go_to_the_next_cell_with_code() -> None:
    book = book_of("x = 1", "%%bash\nls", "y = 1")
    text = book.text.replace(b"# tf2kit:magic:1\n", b"import a\n# tf2kit:magic:1\nimport b\n")
    assert sources_of(book.encode(text)) == ["x = 1", "%%bash\nls", "import a\nimport b\ny = 1"]


def test_lines_that_have_no_cell_to_go_to_are_an_error_and_not_lost() -> None:
    with pytest.raises(NotebookError, match="no code cell"):
        book_of("%%bash\nls").encode(b"import a\n" + book_of("%%bash\nls").text)
    with pytest.raises(NotebookError, match="no code cell"):
        book_of(("markdown", "x")).encode(b"import a\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"# %% tf2kit cell 1\n", b""),
        (b"# %% tf2kit cell 2\n", b"# %% tf2kit cell 1\n"),
        (b"# tf2kit:magic:1\n", b""),
        (b"# tf2kit:magic:1\n", b"# tf2kit:magic:1\n" * 2),
        (b"# tf2kit:magic:3", b""),
        (b"# tf2kit:magic:1\n# tf2kit:magic:2\n", b"# tf2kit:magic:2\n# tf2kit:magic:1\n"),
    ],
)
def test_a_marker_that_was_lost_doubled_or_moved_is_an_error(old: bytes, new: bytes) -> None:
    book = book_of("!a\n!b\nx = 1", "%%bash\nls")
    assert old in book.text
    with pytest.raises(NotebookError):
        book.encode(book.text.replace(old, new))


def test_a_cell_that_already_holds_such_markers_is_no_trouble() -> None:
    source = "# %% tf2kit cell 1\n!ls\n# tf2kit:magic:1\nx = 1"
    book = book_of(source)
    assert sources_of(book.encode(book.text.replace(b"x = 1", b"y = 1"))) == [source.replace("x", "y")]


def test_crlf_inside_cells_and_in_the_new_text_is_understood() -> None:
    book = book_of("!ls\r\nx = 1\r\n", "y = 1")
    assert sources_of(book.encode(book.text.replace(b"x", b"z"))) == ["!ls\r\nz = 1\r\n", "y = 1"]
    whole = book_of("!ls\nx = 1", "y = 1")
    assert sources_of(whole.encode(whole.text.replace(b"\n", b"\r\n"))) == ["!ls\r\nx = 1", "y = 1"]


def test_a_future_import_in_a_later_cell_is_hidden_because_python_wants_it_first() -> None:
    late = "from __future__ import (division,\n  print_function)"
    book = book_of("%pylab\n# comment\n'''doc'''\nfrom __future__ import division\nx = 1", f"{late}\ny = old")
    assert book.text.count(b"__future__") == 1
    compile(book.text, "a", "exec")
    assert sources_of(book.encode(book.text.replace(b"old", b"new")))[1] == f"{late}\ny = new"


def test_a_broken_cell_is_hidden_reported_and_kept_and_the_others_are_migrated() -> None:
    book = book_of("x = old", "this is not (python", "y = old")
    ((number, message),) = [(b.cell, b.message) for b in book.broken_cells]
    assert number == 2
    assert message
    (finding,) = book.findings()
    assert (finding.code, finding.fix) == ("NBK501", None)
    assert book.text[finding.start : finding.end] == b"# tf2kit:magic:1"
    assert book.locate(finding.start) == (2, 1, 1)
    assert sources_of(book.encode(book.text.replace(b"old", b"new"))) == ["x = new", "this is not (python", "y = new"]


def test_python_2_cells_stay_in_sight() -> None:
    book = book_of("print 'old'", "x = 1")
    assert b"print 'old'" in book.text
    assert book.broken_cells == ()


def test_a_notebook_that_mixes_python_2_and_3_hides_the_cells_in_python_2() -> None:
    book = book_of("print 'a'", "print('a', end='')")
    assert [b.cell for b in book.broken_cells] == [1]
    ast.parse(book.text)


def test_top_level_await_and_a_coding_comment_are_fine() -> None:
    assert book_of("await f()", "# coding: latin-1\ns = 'é'").broken_cells == ()


def test_offsets_are_located_in_cells_in_characters() -> None:
    book = book_of(("markdown", "m"), "!a \\\n  b\né = 1; x = 2", "y = 3\r\nz = 4")
    text = book.text
    assert book.locate(0) == (2, 1, 1)
    assert book.locate(text.index(b"# tf2kit:magic")) == (2, 1, 1)
    assert book.locate(text.index("é".encode())) == (2, 3, 1)
    assert book.locate(text.index(b"x = 2")) == (2, 3, 8)
    assert book.locate(text.index(b"y")) == (3, 1, 1)
    assert book.locate(text.index(b"z")) == (3, 2, 1)
    assert book.locate(text.index(b"# %% tf2kit cell 3")) == (3, 1, 1)
    assert book.locate(len(text)) == (3, 2, 6)
    with pytest.raises(ValueError, match="no code cell"):
        book_of().locate(0)


@pytest.mark.parametrize(
    "line",
    ["%tensorflow_version 1.x", "%tensorflow_version 1", "%tensorflow_version 1.15 # old", "%tensorflow_version '1.x'"],
)
def test_a_request_for_tensorflow_1_in_colab_becomes_a_comment(line: str) -> None:
    book = book_of(f"{line}\nimport tensorflow as tf")
    (finding,) = book.findings()
    assert finding.code == "NBK502"
    assert finding.fix is not None
    assert finding.fix.safety is Safety.SAFE
    (after,) = fixed(book)
    assert after.startswith("# %tensorflow_version")
    assert after.endswith("removed by tf2kit, Colab has TensorFlow 2 only\nimport tensorflow as tf")
    assert book_of(after).findings() == []


def test_inside_a_block_the_request_leaves_a_body() -> None:
    (after,) = fixed(book_of("try:\n  %tensorflow_version 1.x\nexcept Exception:\n  pass"))
    assert after.startswith("try:\n  pass  # %tensorflow_version 1.x: removed")
    ast.parse(after)


def test_a_fix_that_is_not_applied_leaves_the_line() -> None:
    book = book_of("%tensorflow_version 1.x\nx = old")
    assert sources_of(book.encode(book.text.replace(b"old", b"new"))) == ["%tensorflow_version 1.x\nx = new"]


def test_other_versions_are_left_alone() -> None:
    assert book_of("%tensorflow_version 2.x", "%tensorflow_version 10", "%tensorflow_version").findings() == []


NEW = pip_install.TARGET
INSTALLS = {
    "!pip install tensorflow==1.15": f"!pip install {NEW}",
    "!pip install tensorflow==1.*": f"!pip install {NEW}",
    "!pip3 install -q 'tensorflow<2' matplotlib": f"!pip3 install -q '{NEW}' matplotlib",
    '%pip install --upgrade "tensorflow >= 1.13, < 2.0" numpy==1.16': f'%pip install --upgrade "{NEW}" numpy==1.16',
    '%pip install "tensorflow>=1.13,<2.0.0"': f'%pip install "{NEW}"',
    "!pip install tensorflow-gpu==1.14.0 keras==2.2.4": f"!pip install {NEW} keras==2.2.4",
    "!pip install tensorflow_gpu~=1.15": f"!pip install {NEW}",
    "!pip install tensorflow-gpu": f"!pip install {NEW}",
    "!pip install tensorflow-cpu==1.15": f"!pip install {NEW}",
    "!pip install tensorflow[and-cuda]==1.15": "!pip install tensorflow[and-cuda]==2.21.*",
    "!python -m pip install -U tensorflow===1.15.0 && echo done": f"!python -m pip install -U {NEW} && echo done",
    "!{sys.executable} -m pip --quiet install tensorflow==1.15; ls": f"!{{sys.executable}} -m pip --quiet install {NEW}; ls",
    "!pip install a \\\n  tensorflow==1.15 \\\n  b": f"!pip install a \\\n  {NEW} \\\n  b",
    "%%bash\ncd x\npip install tensorflow==1.15\npip install keras\n": f"%%bash\ncd x\npip install {NEW}\npip install keras\n",
    "%%capture\n!pip install tensorflow==1.15": f"%%capture\n!pip install {NEW}",
    "!pip install https://storage.googleapis.com/tensorflow/linux/cpu/tensorflow-1.0.0-cp35-cp35m-linux_x86_64.whl": (
        f"!pip install {NEW}"
    ),
    "pip install tensorflow==1.15": f"pip install {NEW}",
    "if colab:\n  !pip install tensorflow==1.15": f"if colab:\n  !pip install {NEW}",
}


@pytest.mark.parametrize(("before", "after"), INSTALLS.items(), ids=str)
def test_an_install_of_tensorflow_1_becomes_one_of_tensorflow_2_21(before: str, after: str) -> None:
    book = book_of(before)
    assert [f.code for f in book.findings()] == ["NBK503"]
    assert fixed(book) == [after]
    assert book_of(after).findings() == []


@pytest.mark.parametrize(
    "line",
    [
        "!pip install tensorflow",
        "!pip install tensorflow==2.3",
        "!pip install 'tensorflow>=1.13'",
        "!pip install 'tensorflow<2.1'",
        "!pip install tensorflow-probability==0.8 tensorflow-hub==0.1 tensorflow_datasets==1.0 bert-tensorflow==1.0",
        "!pip install tf-nightly==1.15 my-tensorflow==1.0 tensorflow.js==1.0",
        "!pip uninstall -y tensorflow",
        "!pip freeze | grep tensorflow==1.15",
        "!echo tensorflow==1.15",
        "!pip install keras; echo tensorflow==1.15",
        "%%writefile requirements.txt\npip install tensorflow==1.15",
        "# pip install tensorflow==1.15",
        "s = '!pip install tensorflow==1.15'",
    ],
)
def test_other_lines_are_no_finding(line: str) -> None:
    assert book_of(line).findings() == []


def test_an_install_with_conda_is_left_to_a_person() -> None:
    book = book_of("!conda install -y tensorflow=1.15")
    (finding,) = book.findings()
    assert (finding.code, finding.fix) == ("NBK503", None)
    assert "pip install" in finding.todo


def test_every_code_has_a_page_with_its_sections() -> None:
    rules: dict[str, Any] = {r.code: r for r in all_rules() if r.code.startswith("NBK")}
    assert list(rules) == ["NBK501", "NBK502", "NBK503"]
    for rule in rules.values():
        assert rule.summary.endswith(".")
        assert all(f"## {title}" in rule.doc for title in ("What it does", "Why", "What to do by hand"))


def test_findings_of_several_cells_point_at_their_own_lines() -> None:
    book = book_of("x = 1\n!pip install tensorflow==1.15", "y = 1", "%tensorflow_version 1.x")
    assert [(f.code, *book.locate(f.start)) for f in book.findings()] == [("NBK503", 1, 2, 1), ("NBK502", 3, 1, 1)]
    first = book.findings()[0]
    assert first.fix is not None
    assert first.fix.edits == (Edit(first.end, first.end, b":tf2"),)
