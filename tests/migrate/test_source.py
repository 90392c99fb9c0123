"""Every byte of a file comes back, whatever its encoding, and what cannot be read is said in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tf2kit.migrate.source import BOM, Source, SourceError, line_starts, newline_of

KEPT = {
    "empty": b"",
    "no newline at the end": b"x = 1",
    "crlf": b"x = 1\r\ny = 2\r\n",
    "lone cr": b"x = 1\ry = 2\r",
    "mixed newlines": b"x = 1\r\ny = 2\nz = 3\r",
    "tabs": b"if x:\n\ty = 1\n        z = 2\n",
    "form feed": b"x = 1\n\x0c\ny = 2\n",
    "bom": BOM + "s = 'é'\n".encode(),
    "bom and crlf": BOM + b"x = 1\r\n",
    "bom and cookie": BOM + "# coding: utf-8\ns = 'é'\n".encode(),
    "utf-8 without cookie": "s = 'é€😀'\n".encode(),
    "latin-1 cookie": b"# -*- coding: latin-1 -*-\ns = '\xe9\x80\xff'\n",
    "cookie on the second line": b"#!/usr/bin/python\n# vim: set fileencoding=iso-8859-15 :\ns = '\xa4'\n",
    "cp1252 cookie": b"# coding: cp1252\ns = '\x80\x93'\n",
    "utf-8 cookie in capitals": "# -*- coding: UTF-8 -*-\ns = 'é'\n".encode(),
    "line separator": "s = '\u2028\x85'\n".encode(),
    "text that is not python": b"this is (not python\n",
}


@pytest.mark.parametrize("raw", KEPT.values(), ids=KEPT)
def test_a_text_that_is_not_edited_is_written_back_byte_for_byte(raw: bytes) -> None:
    source = Source.read("a.py", raw)
    assert source.encode(source.text) == raw


@pytest.mark.parametrize("raw", KEPT.values(), ids=KEPT)
def test_an_edit_at_the_end_leaves_every_byte_before_it(raw: bytes) -> None:
    source = Source.read("a.py", raw)
    assert source.encode(source.text + b"# more") == raw + b"# more"


@pytest.mark.parametrize(("raw", "text"), [(KEPT["latin-1 cookie"], "é\x80ÿ"), (KEPT["cp1252 cookie"], "€“")])
def test_rules_see_utf_8_whatever_the_file_is_in(raw: bytes, text: str) -> None:
    assert f"s = '{text}'\n".encode() in Source.read("a.py", raw).text


def test_the_bom_is_not_part_of_the_text_and_comes_back_after_an_edit() -> None:
    source = Source.read("a.py", BOM + b"x = 1\n")
    assert source.text == b"x = 1\n"
    assert source.encode(b"x = 2\n") == BOM + b"x = 2\n"


REFUSED = {
    "utf-16": ("x = 1\n".encode("utf-16"), "UTF-16"),
    "utf-16 without zero bytes": ("\ufeff中文".encode("utf-16-le"), "UTF-16"),
    "utf-32": ("x = 1\n".encode("utf-32"), "UTF-32"),
    "nul byte": (b"x = 1\0\n", "NUL byte"),
    "latin-1 without a cookie": (b"s = '\xe9'\n", "declare its encoding"),
    "latin-1 with a utf-8 cookie": (b"# coding: utf-8\ns = '\xe9'\n", "not valid utf-8"),
    "unknown cookie": (b"# coding: klingon\n", "klingon"),
    "bom against the cookie": (BOM + b"# coding: latin-1\n", "utf-8"),
    "a byte that cp1252 lacks": (b"# coding: cp1252\ns = '\x81'\n", "not valid"),
    "a codec that is no text encoding": (b"# coding: rot13\nk = 1\n", "rot13"),
    "a codec between bytes": (b"# coding: hex\n00\n", "hex"),
}


@pytest.mark.parametrize(("raw", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(raw: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        Source.read("a.py", raw)


def test_a_character_that_the_encoding_lacks_is_refused_when_writing() -> None:
    source = Source.read("a.py", b"# coding: latin-1\nx = 1\n")
    with pytest.raises(SourceError, match="cannot be written as"):
        source.encode("# coding: latin-1\ns = '€'\n".encode())


def test_an_encoding_that_writes_other_bytes_than_it_read_is_refused() -> None:
    raw = b"# coding: utf-7\ns = '+AGE-'\n"  # reads as 'a', which would be written plainly
    with pytest.raises(SourceError, match="survive"):
        Source.read("a.py", raw)


def test_the_newline_of_a_text_is_the_one_used_most() -> None:
    assert newline_of(b"a\r\nb\r\nc\n") == b"\r\n"
    assert newline_of(b"a\rb\rc\n") == b"\r"
    assert newline_of(b"a") == b"\n"


def test_lines_start_after_each_kind_of_newline() -> None:
    assert line_starts(b"a\r\nb\rc\nd") == [0, 3, 5, 7]


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=80),
    st.sampled_from([b"", BOM, b"# coding: latin-1\n", b"# coding: cp1252\n", b"# coding: big5\n"]),
)
def test_any_bytes_are_either_refused_or_come_back(body: bytes, head: bytes) -> None:
    raw = head + body
    try:
        source = Source.read("a.py", raw)
    except SourceError:
        return
    source.text.decode("utf-8")
    assert source.encode(source.text) == raw
    assert Source.read("a.py", source.encode(source.text + b"\n#")).text.rstrip() == (source.text + b"\n#").rstrip()
