"""A small outcome to print: two programs, one that is done and one with work left, and a notebook."""

from __future__ import annotations

import dataclasses

from tf2kit.migrate.findings import Diagnostic, FileResult, Safety, Severity
from tf2kit.migrate.report.model import Report
from tf2kit.migrate.run import ProgramSummary


def diagnostic(path: str, code: str = "SYM101", line: int = 1, **more: object) -> Diagnostic:
    base = Diagnostic(path, code, "tf.layers.dense moved", line, 5, line, 20, Severity.ERROR, False)
    return dataclasses.replace(base, **more)  # type: ignore[arg-type]


def report(**more: object) -> Report:
    hard = {"message": "tf.contrib.crf has no home", "todo": "Write the layer by hand.", "code": "CTB999"}
    train = FileResult("train.py", b"old\n", b"new\n", program="train.py", level="compat")
    train.diagnostics = [
        diagnostic("train.py", fixed=True, safety=Safety.SAFE),
        diagnostic("train.py", line=9, severity=Severity.WARNING, message="look, here: 100%", code="RUN999"),
        diagnostic("train.py", line=7, **hard),
        diagnostic("train.py", line=8, **hard),
    ]
    book = FileResult("book.ipynb", b"{}", b"{} ", program="book.ipynb", level="compat")
    book.diagnostics = [diagnostic("book.ipynb", line=2, cell=3, fixed=True, safety=Safety.SAFE)]
    same = FileResult("same.py", b"x = 1\n", b"x = 1\n")
    programs = (
        ProgramSummary("train.py", "compat", ("train.py",), ("tf_keras",), ("It sets TF_USE_LEGACY_KERAS.",)),
        ProgramSummary("book.ipynb", "compat", ("book.ipynb",), (), ()),
    )
    base = Report([train, book, same], programs, 1.25, "dry-run", "0.1.0", "tf2kit migrate . --write")
    return dataclasses.replace(base, **more)  # type: ignore[arg-type]
