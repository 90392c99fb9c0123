"""Every byte of a notebook outside the cells that change is kept."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tf2kit.migrate.notebook import Notebook, NotebookError, is_notebook
from tf2kit.migrate.notebook_cells import readable
from tf2kit.migrate.source import BOM


def cell(source: object, kind: str = "code", **more: object) -> dict[str, Any]:
    return {"cell_type": kind, "id": "abc", "metadata": {}, "source": source, **more}


def notebook(*cells: dict[str, Any], **metadata: object) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def dumps(content: object, **style: Any) -> bytes:
    return json.dumps(content, **{"indent": 1, "ensure_ascii": False, **style}).encode()


RICH = notebook(
    cell(["# Träume\n", "tf.old"], "markdown"),
    cell(
        ["import tensorflow as tf\n", "s = 'é'\n", "old(1)"],
        outputs=[{"text": ["old(1)\n", "é\u2028"]}],
        execution_count=3,
    ),
    cell("old(2)\nsame = 'ü'\n", outputs=[]),
    cell([], outputs=[]),
    cell("", outputs=[]),
    cell(["old(3)\n"], "raw"),
)

STYLES: dict[str, bytes] = {
    "as jupyter writes it": dumps(RICH) + b"\n",
    "compact": dumps(RICH, indent=None, separators=(",", ":")),
    "escaped": dumps(RICH, ensure_ascii=True),
    "tabs": dumps(RICH, indent="\t"),
    "sorted keys": dumps(RICH, sort_keys=True),
    "bom": BOM + dumps(RICH),
    "crlf": dumps(RICH).replace(b"\n", b"\r\n"),
    "trailing white space": dumps(RICH) + b"\n\n  \t\n",
    "slashes escaped": dumps(notebook(cell(["u = 'http://x'\n", "old(1)"]))).replace(b"/", b"\\/"),
}


@pytest.mark.parametrize("raw", STYLES.values(), ids=STYLES)
def test_without_an_edit_the_bytes_are_the_same(raw: bytes) -> None:
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text) == raw


@pytest.mark.parametrize("raw", STYLES.values(), ids=STYLES)
def test_an_edit_changes_only_the_edited_words(raw: bytes) -> None:
    book = Notebook.read("a.ipynb", raw)
    new = book.encode(book.text.replace(b"old(1)", b"fresh(1)"))
    first = raw.rindex(b'"old(1)"') + 1  # the source comes after the output only when keys are sorted
    spans = [i for i in range(len(raw)) if raw.startswith(b"old(1)", i)]
    assert new in [raw[:i] + b"fresh(1)" + raw[i + 6 :] for i in (*spans, first)]
    cells = json.loads(new.removeprefix(BOM))["cells"]
    assert sum("fresh(1)" in "".join(c["source"]) for c in cells) == 1
    assert "fresh" not in json.dumps([c.get("outputs") for c in cells])


def test_a_string_source_stays_a_string_and_a_list_a_list() -> None:
    book = Notebook.read("a.ipynb", dumps(RICH))
    after = json.loads(book.encode(book.text.replace(b"old", b"# one\nfresh")))
    assert after["cells"][1]["source"] == ["import tensorflow as tf\n", "s = 'é'\n", "# one\n", "fresh(1)"]
    assert after["cells"][2]["source"] == "# one\nfresh(2)\nsame = 'ü'\n"
    assert after["cells"][0] == RICH["cells"][0]
    assert after["cells"][5] == RICH["cells"][5]


def test_new_lines_of_a_list_are_laid_out_like_the_old_ones() -> None:
    raw = b'{"cells": [{"cell_type": "code",\n  "source": [\n\t"a\\n" ,\n\t"b"\n  ]}], "nbformat": 4}'
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text.replace(b"b\n", b"b\nc\n")) == raw.replace(b'"b"', b'"b\\n" ,\n\t"c"')


@pytest.mark.parametrize(
    ("raw_line", "added"),
    [
        (rb"s = '\u00e9'", rb"\u00fc"),
        ("s = 'é'".encode(), "ü".encode()),
        (b"s = 1", "ü".encode()),
    ],
)
def test_new_text_is_escaped_as_the_old_text_of_the_cell_is(raw_line: bytes, added: bytes) -> None:
    raw = b'{"cells": [{"cell_type": "code", "source": ["' + raw_line + rb'\n", "old"]}], "nbformat": 4}'
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text.replace(b"old", "'ü'".encode())) == raw.replace(b"old", b"'" + added + b"'")


def test_untouched_lines_of_an_edited_cell_keep_their_escapes() -> None:
    raw = rb'{"cells": [{"cell_type": "code", "source": "a = \"\u0041\/\ud83d\ude00\"\nold\u000ab"}], "nbformat": 4}'
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text.replace(b"old", b"new")) == raw.replace(rb"old\u000a", rb"new\n")


def test_an_emptied_cell_becomes_an_empty_list_or_string() -> None:
    book = Notebook.read("a.ipynb", dumps(notebook(cell(["x"]), cell("y"))))
    after = json.loads(book.encode(book.text.replace(b"x\n", b"\n").replace(b"y\n", b"\n")))
    assert [c["source"] for c in after["cells"]] == [[], ""]


def test_the_last_of_two_equal_keys_is_edited_because_it_is_the_one_that_counts() -> None:
    raw = b'{"cells": [{"cell_type": "code", "source": "old", "source": "old"}], "nbformat": 4}'
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text.replace(b"old", b"new")) == raw[:52] + raw[52:].replace(b'"old"}', b'"new"}')


def old_format(source: object) -> bytes:
    cells = [{"cell_type": "code", "input": source, "language": "python", "outputs": []}]
    return dumps({"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": cells}, {"cells": cells}]})


@pytest.mark.parametrize(
    "source", [["a\n", "old"], ["a", "old"], "a\nold"], ids=["line ends", "no line ends", "string"]
)
def test_nbformat_3_is_read_and_written(source: object) -> None:
    raw = old_format(source)
    book = Notebook.read("a.ipynb", raw)
    assert book.text.count(b"a\nold\n") == 2
    assert [c.number for c in book.cells] == [1, 2]
    assert book.encode(book.text) == raw
    assert book.encode(book.text.replace(b"old", b"new")) == raw.replace(b"old", b"new")


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R", "name": "ir"}}, "R"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"name": "ir"}}, "ir"),
        ({"kernelspec": {"name": "bash"}}, "bash"),
    ],
)
def test_notebooks_in_other_languages_are_left_alone(metadata: dict[str, Any], language: str) -> None:
    raw = dumps(notebook(cell("old <- 1"), **metadata))
    book = Notebook.read("a.ipynb", raw)
    assert language in book.skipped
    assert book.text == b""
    assert book.encode(b"") == raw


@pytest.mark.parametrize(
    "metadata",
    [{}, {"kernelspec": {"name": "conda-env-tf"}}, {"language_info": {"name": "ipython"}}, {"kernelspec": None}],
)
def test_notebooks_that_name_python_or_nothing_are_python(metadata: dict[str, Any]) -> None:
    assert Notebook.read("a.ipynb", dumps(notebook(cell("x = 1"), **metadata))).text


def test_a_cell_in_another_language_is_hidden() -> None:
    book = Notebook.read(
        "a.ipynb", dumps(notebook(cell("SELECT 1", metadata={"vscode": {"languageId": "sql"}}), cell("x")))
    )
    assert b"SELECT" not in book.text
    assert book.broken_cells == ()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"x = 1\n", "does not start with"),
        (b"[]", "does not start with"),
        (b'{"cells": [', "not valid JSON"),
        (b'{"cells": [}', "not a JSON object"),
        (b'{"cells": [] "a": 1}', "not valid JSON"),
        (b'{"cells": []} more', "text after the end"),
        (b"<<<<<<< HEAD\n{}", "does not start with"),
        (b'{"cells": [1]}', "not a JSON object"),
        (b'{"cells": [{"cell_type": "code", "source": 3}]}', "neither text nor a list"),
        (b'{"cells": [{"cell_type": "code", "source": ["a", 3]}]}', "neither text nor a list"),
        (b'{"cells": "\xff"}', "not UTF-8"),
        (b'{"a": ' + b"[" * 200_000, "nested too deeply"),
    ],
)
def test_what_is_not_a_notebook_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(NotebookError, match=said):
        Notebook.read("a.ipynb", raw)


@pytest.mark.parametrize("raw", [b"", b"\n", BOM, b"{}", b'{"cells": []}', b'{"cells": null, "metadata": 1}'])
def test_a_notebook_without_cells_is_kept(raw: bytes) -> None:
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text) == raw
    assert book.findings() == []


def test_half_a_surrogate_hides_its_cell_and_survives() -> None:
    raw = rb'{"cells": [{"cell_type": "code", "source": "s = \"\ud83d\""}, {"cell_type": "code", "source": "old"}]}'
    book = Notebook.read("a.ipynb", raw)
    assert [b.cell for b in book.broken_cells] == [1]
    assert book.encode(book.text.replace(b"old", b"new")) == raw.replace(b"old", b"new")


def test_a_notebook_is_known_by_name_or_by_content() -> None:
    assert is_notebook("A.IPYNB", b"")
    assert is_notebook("<stdin>", b' {"cells": [], "nbformat": 4}')
    assert not is_notebook("a.py", b'{"nbformat": 4}')
    assert not is_notebook("<stdin>", b"x = 1")


SNIPPETS = r"""
x = 1|%time f()|!ls|if a:|    !ls|    y = '''|'''|z = [|  % 2]|obj?|print 3||  |%%bash|%%time|"|return|\n|pip install x|a = !ls \|\
from __future__ import division|s = 'é😀'|# %% tf2kit cell 1|# tf2kit:magic:1|pass  # tf2kit:magic:1|\r|\x0c|\u2028
"""
LINES = st.lists(st.sampled_from([*SNIPPETS.strip().replace("\n", "|").split("|"), "\r", "\x0c", "\u2028"]), max_size=6)


@settings(max_examples=150, deadline=None)
@given(
    sources=st.lists(LINES.map("\n".join) | st.text(max_size=20), max_size=4),
    as_list=st.booleans(),
    indent=st.sampled_from([None, 1, "\t"]),
    ascii_only=st.booleans(),
)
def test_any_notebook_comes_back_and_any_cell_can_be_appended_to(
    sources: list[str], as_list: bool, indent: Any, ascii_only: bool
) -> None:
    cells = [cell(s.splitlines(True) if as_list else s) for s in sources]
    content = notebook(*cells)
    raw = json.dumps(content, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "replace")
    book = Notebook.read("a.ipynb", raw)
    assert book.encode(book.text) == raw
    assert not book.text or readable(book.text)
    marker = book.text.split(b" cell ")[0] + b" cell "  # longer than usual when a cell holds the usual one
    ends = [found.start() for found in re.finditer(b"^" + re.escape(marker), book.text, re.MULTILINE)][1:]
    for shown, end in zip(book.cells, [*ends, len(book.text)], strict=False):
        if not shown.opaque:
            after = json.loads(book.encode(book.text[: end - 1] + b"\nappended = 1\n" + book.text[end:]))
            wanted = [c.text + "\nappended = 1" * (c is shown) for c in book.cells]
            assert ["".join(c["source"]) for c in after["cells"]] == wanted
