"""No text, however odd, makes the migrator crash, lose a byte, write what does not parse, or change its mind in a second run."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.programs import mutants, programs, real_sources
from tests.fuzz.properties import check
from tests.laws.support import BROKEN, cells, codes, one, run

pytestmark = pytest.mark.fuzz
SOURCES = real_sources()
# a case of these migrates up to twelve files; a tenth of the cases keeps `make fuzz` under a quarter of an hour
few = settings(max_examples=max(100, settings.default.max_examples // 10))


@given(programs())
def test_generated_programs_keep_every_property(raw: bytes) -> None:
    check(raw)


@given(mutants(SOURCES))
def test_mutated_sources_keep_every_property(raw: bytes) -> None:
    check(raw)


@given(mutants([raw for raw in SOURCES if b"import tensorflow" in raw]))
def test_mutated_programs_keep_every_property(raw: bytes) -> None:
    check(raw)


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_keep_every_property(raw: bytes) -> None:
    check(b"import tensorflow as tf\n" + raw)


@few
@given(st.lists(programs(), min_size=2, max_size=4), st.integers(0, 99))
def test_trees_of_programs_that_import_each_other_do_not_depend_on_their_order(texts: list[bytes], seed: int) -> None:
    names = ["helper", "pkg/__init__", "pkg/part", "main"][: len(texts)]
    links = [
        b"",
        b"from helper import *\n",
        b"from . import helper\nimport pkg\n",
        b"import pkg.part\nfrom pkg import *\n",
    ]
    tree = {f"{n}.py": t.removeprefix(b"\xef\xbb\xbf") + link for n, t, link in zip(names, texts, links, strict=False)}
    first = run(tree)
    assert not any(codes(r) & set(BROKEN) for r in first.values())
    shuffled = list(tree)
    random.Random(seed).shuffle(shuffled)
    assert {p: r.after for p, r in run({p: tree[p] for p in shuffled}).items()} == {
        p: r.after for p, r in first.items()
    }
    again = run({p: r.after for p, r in first.items()})
    assert {p: r.after for p, r in again.items()} == {p: r.after for p, r in first.items()}


MAGICS = [
    "%matplotlib inline",
    "!pip install tensorflow==1.15",
    "%tensorflow_version 1.x",
    "x = !ls",
    "x?",
    "%%bash\nls",
    "    !ls",
    "",
]


@few
@given(st.lists(st.one_of(programs().map(lambda raw: raw.decode()), st.sampled_from(MAGICS)), max_size=5), st.data())
def test_notebooks_keep_everything_but_the_sources_of_code_cells(sources: list[str], data: st.DataObject) -> None:
    page = {
        "cells": [
            {
                "cell_type": data.draw(st.sampled_from(["code", "code", "markdown"])),
                "metadata": {"é": i},
                "source": data.draw(st.sampled_from([s, s.splitlines(keepends=True)])),
                "outputs": [{"data": {"text/plain": ["import tensorflow as tf"]}}],
            }
            for i, s in enumerate(sources)
        ],
        "metadata": {"x": "import tensorflow as tf\n"},
        "nbformat": 4,
        "nbformat_minor": 2,
    }
    indent = data.draw(st.sampled_from([None, 1, 2, "\t"]))
    ascii_only = data.draw(st.booleans())
    raw = json.dumps(page, indent=indent, ensure_ascii=ascii_only).encode()
    result = one(raw, "page.ipynb")
    assert not codes(result) & set(BROKEN), [d.message for d in result.diagnostics]
    new = json.loads(result.after)
    for old_cell, new_cell in zip(page["cells"], new["cells"], strict=True):
        if old_cell["cell_type"] == "markdown":
            assert new_cell == old_cell
        assert {**new_cell, "source": 0} == {**old_cell, "source": 0}
        assert type(new_cell["source"]) is type(old_cell["source"])
    assert {**new, "cells": 0} == {**page, "cells": 0}
    assert json.dumps(new, indent=indent, ensure_ascii=ascii_only).encode() == result.after
    assert one(result.after, "page.ipynb").after == result.after
    assert len(cells(result.after)) == sum(c["cell_type"] == "code" for c in page["cells"])
