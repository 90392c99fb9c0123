"""The report that people read."""

from __future__ import annotations

import dataclasses

from tf2kit.migrate.findings import FileResult, Safety, Severity
from tf2kit.migrate.report import text
from tf2kit.migrate.run import ProgramSummary

from .sample import diagnostic, report


def of(*diagnostics, **more):
    file = FileResult("a.py", b"x", b"x", list(diagnostics), program="a.py", level="compat")
    return report(files=[file], programs=(), **more)


def test_programs_with_nothing_left_come_before_programs_with_errors():
    page = text.render(report())
    assert page.index("book.ipynb → compat") < page.index("train.py → compat")
    assert "Nothing is left for you to do here." in page


def test_what_is_left_is_grouped_numbered_and_has_place_message_and_todo():
    lines = text.render(report()).splitlines()
    at = lines.index("   1. error CTB999  tf.contrib.crf has no home")
    assert lines[at + 1 : at + 4] == [
        "        train.py:7:5",
        "        train.py:8:5",
        "        To do: Write the layer by hand.",
    ]
    assert lines[at + 4] == "   2. warning RUN999  look, here: 100%"


def test_diagnostics_with_one_remedy_and_different_messages_are_one_step():
    todo = "Look it up."
    first, second = (diagnostic("a.py", "CTB999", line=n, message=f"name {n} is gone", todo=todo) for n in (1, 2))
    lines = text.render(of(first, second)).splitlines()
    at = lines.index("   1. error CTB999  2 places")
    assert lines[at + 1 : at + 4] == [
        "        a.py:1:5  name 1 is gone",
        "        a.py:2:5  name 2 is gone",
        "        To do: Look it up.",
    ]


def test_errors_come_first_then_what_has_a_fix_then_the_most_frequent():
    rare = diagnostic("a.py", "CTB201", message="rare")
    often = [diagnostic("a.py", "SYM105", line=n, message="often") for n in (3, 4)]
    offered = diagnostic("a.py", "ROT301", message="offered", safety=Safety.UNSAFE)
    warning = diagnostic("a.py", "AAA001", message="warning", severity=Severity.WARNING)
    page = text.render(of(warning, rare, *often, offered))
    order = [page.index(word) for word in ("ROT301  offered", "SYM105  often", "CTB201  rare", "AAA001  warning")]
    assert order == sorted(order)
    assert "--unsafe-fixes does this for you; check the result." in page


def test_many_places_are_cut_and_verbose_lists_all():
    many = [diagnostic("a.py", line=n) for n in range(1, 10)]
    assert "… and 3 more (-v lists them)" in text.render(of(*many))
    assert "a.py:9:5" not in text.render(of(*many))
    assert "a.py:9:5" in text.render(of(*many), text.Style(verbose=True))


def test_the_summary_counts_and_names_the_next_command():
    lines = text.render(report()).splitlines()
    assert lines[-2] == "2 files of 3 would change; 2 findings would be mended, 3 left (2 errors, 1 warning). (1.2 s)"
    assert lines[-1] == "Next: tf2kit migrate . --write"


def test_after_writing_the_next_command_explains_what_is_left():
    page = text.render(report(mode="write", written=["train.py", "book.ipynb"], backup=".tf2kit/backup"))
    assert page.splitlines()[-1] == "Next: tf2kit explain CTB999"
    assert "The old files are in .tf2kit/backup; `tf2kit undo` puts them back." in page


def test_after_writing_with_nothing_left_the_next_command_runs_the_program():
    whole = report()
    train = dataclasses.replace(whole.files[0], diagnostics=[])
    page = text.render(report(files=[train], mode="write", written=["train.py"]))
    assert page.splitlines()[-1] == "Next: python train.py"


def test_a_file_that_was_not_written_is_named_with_its_reason_and_not_as_changed():
    page = text.render(report(mode="write", refused=[("train.py", "git has changes that are not committed")]))
    assert "not written train.py: git has changes that are not committed" in page
    assert "Changed train.py" not in page


def test_quiet_prints_what_is_left_and_nothing_else():
    page = text.render(report(), text.Style(quiet=True))
    assert "CTB999" in page
    assert "book.ipynb" not in page
    assert "would change" not in page


def test_an_untouched_file_is_counted_and_not_listed():
    assert "same.py" not in text.render(report())
    assert text.render(report(files=[report().files[2]])).startswith("0 files of 1 would change")


def test_lines_keep_to_the_width_except_for_paths():
    long = diagnostic("a.py", message="word " * 60, todo="more " * 60)
    lines = text.render(of(long), text.Style(width=60)).splitlines()
    assert max(map(len, lines[:-2])) <= 60


def test_in_a_tree_of_many_programs_those_that_are_done_get_one_line_and_an_overview_ends_the_page():
    files = [FileResult(f"p{n:02}.py", b"a", b"b", program=f"p{n:02}.py", level="compat") for n in range(12)]
    files[3].diagnostics = [diagnostic("p03.py")]
    programs = [ProgramSummary(file.path, "compat", (file.path,)) for file in files]
    lines = text.render(report(files=files, programs=programs)).splitlines()
    assert lines[0] == "p00.py → compat: would change 1 file, nothing is left for you to do"
    assert "12 programs: 11 with nothing left, 1 with work for you." in lines
    assert "Most frequent: SYM101 (1×). --statistics counts all codes." in lines
    verbose = text.render(report(files=files, programs=programs), text.Style(verbose=True))
    assert "Nothing is left for you to do here." in verbose


def test_a_program_is_not_called_done_while_a_module_that_it_shares_is_not():
    shared = FileResult("model.py", b"x", b"y", [diagnostic("model.py")], program="sample.py", level="compat")
    entry = FileResult("train.py", b"x", b"y", [], program="train.py", level="compat")
    programs = (ProgramSummary("train.py", "compat", ("model.py", "train.py")),)
    page = text.render(report(files=[shared, entry], programs=programs))
    block = page[page.index("train.py (") if "train.py (" in page else page.index("train.py →") :]
    assert "Something is left in model.py" in block
    assert "Nothing is left for you to do here." not in block
