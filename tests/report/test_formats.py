"""Reports for programs: JSON, SARIF, GitHub annotations, one-line diagnostics and counts."""

from __future__ import annotations

import dataclasses
import json
import os

import jsonschema
import pytest
from tf2kit.migrate.findings import Severity
from tf2kit.migrate.report import concise, github, sarif, statistics
from tf2kit.migrate.report import json as json_report
from tf2kit.migrate.report.model import place
from tf2kit.migrate.rules import all_rules

from .sample import diagnostic, report
from .sarif_schema import SCHEMA


def one(**more):
    whole = report()
    file = whole.files[0]
    file.diagnostics = [diagnostic("train.py", **more)]
    return report(files=[file])


def test_concise_prints_one_line_for_each_diagnostic_and_marks_what_is_mended():
    assert concise.render(report()).splitlines() == [
        "train.py:1:5: SYM101 [*] tf.layers.dense moved",
        "train.py:9:5: RUN999 look, here: 100%",
        "train.py:7:5: CTB999 tf.contrib.crf has no home",
        "train.py:8:5: CTB999 tf.contrib.crf has no home",
        "book.ipynb:cell 3:2:5: SYM101 [*] tf.layers.dense moved",
    ]


def test_after_writing_what_was_mended_is_no_longer_reported():
    assert "SYM101" not in concise.render(report(mode="write"))
    assert "SYM101" not in sarif.render(report(mode="write"))


def test_what_was_mended_in_a_file_that_was_not_written_is_still_reported():
    page = concise.render(report(mode="write", failed=[("train.py", "no space left on device")]))
    assert "train.py:1:5: SYM101" in page
    assert "book.ipynb" not in page


def test_json_has_a_schema_version_and_every_part():
    document = json.loads(json_report.render(report()))
    assert document["schema_version"] == 1
    assert document["summary"] == {
        "files": 3, "changed": 2, "written": 0, "refused": 0, "failed": 0,
        "fixed": 2, "left": 3, "errors": 2, "warnings": 1, "notes": 0,
    }  # fmt: skip
    assert [file["path"] for file in document["files"]] == ["train.py", "book.ipynb", "same.py"]
    assert document["programs"][0]["needs"] == ["tf_keras"]
    assert document["diagnostics"][-1]["cell"] == 3
    assert document["diagnostics"][2]["todo"] == "Write the layer by hand."


def test_github_annotations_escape_what_would_end_them():
    page = github.render(one(message="50% of\r\nlines: a, b"))
    assert page == "::error file=train.py,line=1,col=5,title=SYM101::50%25 of%0D%0Alines: a, b\n"


def test_github_annotations_escape_commas_and_colons_in_a_path():
    whole = one()
    whole.files[0].diagnostics = [diagnostic("a,b:c.py", severity=Severity.NOTE)]
    assert github.render(dataclasses.replace(whole, with_notes=True)).startswith("::notice file=a%2Cb%3Ac.py,line=1,")


def test_notes_are_listed_only_when_asked_for_but_are_always_in_json_and_sarif():
    whole = one(severity=Severity.NOTE)
    for module in (concise, github, statistics):
        assert module.render(whole) == ""
        assert "SYM101" in module.render(dataclasses.replace(whole, with_notes=True))
    assert "SYM101" in json_report.render(whole)
    assert "SYM101" in sarif.render(whole)


def test_github_annotations_of_a_notebook_name_the_cell_and_give_no_line():
    last = github.render(report()).splitlines()[-1]
    assert last == "::error file=book.ipynb,title=SYM101::cell 3, line 2: tf.layers.dense moved"


def test_sarif_follows_the_parts_of_the_schema_that_it_uses():
    jsonschema.validate(json.loads(sarif.render(report())), SCHEMA, jsonschema.Draft7Validator)


def test_sarif_points_each_result_to_its_rule_and_a_known_rule_has_help():
    known = all_rules()[0]
    run = json.loads(sarif.render(one(code=known.code)))["runs"][0]
    result = run["results"][0]
    rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
    assert rule["id"] == result["ruleId"] == known.code
    assert rule["help"]["markdown"].startswith(f"# {known.code}: {known.name}")
    assert rule["shortDescription"]["text"] == known.summary


def test_sarif_escapes_blanks_and_colons_in_the_path():
    whole = one()
    whole.files[0].diagnostics = [diagnostic("my dir/a:b.py")]
    location = json.loads(sarif.render(whole))["runs"][0]["results"][0]["locations"][0]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "my%20dir/a%3Ab.py"


def test_sarif_gives_a_notebook_no_region_because_lines_count_in_its_cells():
    location = json.loads(sarif.render(report()))["runs"][0]["results"][-1]["locations"][0]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"][0]["name"] == "cell 3"


def test_statistics_count_codes_and_say_which_are_mended():
    assert [line.split()[:3] for line in statistics.render(report()).splitlines()] == [
        ["2", "CTB999", "["],
        ["2", "SYM101", "[*]"],
        ["1", "RUN999", "["],
    ]
    assert json.loads(statistics.render_json(report()))[1]["count"] == 2


@pytest.mark.skipif(os.name == "nt", reason="absolute paths look different")
def test_paths_below_the_current_folder_are_shown_relative(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert place(diagnostic(str(tmp_path / "a" / "b.py"))) == os.path.join("a", "b.py") + ":1:5"
    assert place(diagnostic("/elsewhere/b.py")) == "/elsewhere/b.py:1:5"
