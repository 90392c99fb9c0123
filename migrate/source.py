"""One file as bytes, and the UTF-8 text that rules read and edit. Encoding, BOM and newlines of the original always come back."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from dataclasses import dataclass

BOM = b"\xef\xbb\xbf"
_NEWLINE = re.compile(rb"\r\n|\r|\n")


class SourceError(Exception):
    """The bytes of a file are not a text that can be read; ``str()`` says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file: ``text`` is its content as UTF-8 with the original newlines and without BOM; ``raw`` is what is on disk."""

    path: str
    raw: bytes
    text: bytes
    encoding: str = "utf-8"
    bom: bool = False

    @classmethod
    def read(cls, path: str, raw: bytes) -> Source:
        """Decode ``raw`` as Python would (BOM, PEP 263 cookie, else UTF-8).

        Raises:
          SourceError: unknown encoding, bytes that are not valid in it, or a NUL byte.
        """
        if wide := _wide(raw):
            raise SourceError(f"it is {wide} text, which Python cannot run; save it as UTF-8")
        if b"\0" in raw:
            raise SourceError("it has a NUL byte; this is not a text file")
        bom = raw.startswith(BOM)
        body = raw[len(BOM) :] if bom else raw
        try:
            encoding, _ = tokenize.detect_encoding(io.BytesIO(raw).readline)
        except SyntaxError as error:
            if _has_cookie(body):
                raise SourceError(str(error)) from None
            encoding = "utf-8"  # the undecodable byte is reported below with its place
        encoding = "utf-8" if encoding == "utf-8-sig" else encoding
        try:
            text = body if encoding == "utf-8" else body.decode(encoding).encode("utf-8")
            text.decode("utf-8")
        except (UnicodeDecodeError, LookupError) as error:
            raise SourceError(
                f"it is not valid {encoding} ({error}); declare its encoding with a coding comment"
            ) from None
        if encoding != "utf-8" and text.decode("utf-8").encode(encoding) != body:
            raise SourceError(f"its {encoding} text does not survive being read and written back")
        return cls(path, raw, text, encoding, bom)

    def encode(self, text: bytes) -> bytes:
        """The bytes to write for a new ``text``, in the original's encoding and with its BOM.

        Raises:
          SourceError: the new text has a character that the encoding lacks.
        """
        if text == self.text:
            return self.raw
        try:
            body = text if self.encoding == "utf-8" else text.decode("utf-8").encode(self.encoding)
        except UnicodeEncodeError as error:
            raise SourceError(f"the new text cannot be written as {self.encoding}: {error}") from None
        return (BOM if self.bom else b"") + body


def _wide(raw: bytes) -> str:
    """The name of the wide encoding whose byte order mark starts the file, or an empty string."""
    if raw.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "UTF-32"
    return "UTF-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _has_cookie(body: bytes) -> bool:
    return any(re.match(rb"^[ \t\f]*#.*?coding[:=]", line) for line in body.splitlines()[:2])


def newline_of(text: bytes) -> bytes:
    """The newline that the text uses most (a line feed for a text of one line)."""
    found = _NEWLINE.findall(text)
    return max(set(found), key=found.count) if found else b"\n"


def line_starts(text: bytes) -> list[int]:
    """Byte offsets at which lines start, counted as Python's tokenizer counts them (LF, CRLF and lone CR)."""
    return [0, *(m.end() for m in _NEWLINE.finditer(text))]
