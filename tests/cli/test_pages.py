"""explain, rules and doctor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tf2kit.migrate.rules import all_rules

from tf2kit import doctor
from tf2kit.cli import main

CODE = all_rules()[0].code


def test_explain_prints_raw_markdown_in_a_pipe(capsys):
    assert main(["explain", CODE]) == 0
    rule = all_rules()[0]
    assert capsys.readouterr().out.startswith(f"# {CODE}: {rule.name}\n\n{rule.doc.strip()}\n")


def test_the_page_of_a_rule_names_the_lessons_that_explain_it(capsys):
    assert main(["explain", "NAT500"]) == 0
    assert "## Lessons\n- 2, Tensors and eager execution: `tf2kit learn open 2`\n" in capsys.readouterr().out
    assert main(["explain", "NAT500", "--output-format", "json"]) == 0
    assert 2 in json.loads(capsys.readouterr().out)["lessons"]


def test_explain_formats_the_page_where_there_are_colours(capsys):
    assert main(["explain", CODE, "--color", "always"]) == 0
    page = capsys.readouterr().out
    assert "\x1b[" in page
    assert "## " not in page


def test_explain_does_not_mind_the_case_of_a_code(capsys):
    assert main(["explain", CODE.lower(), "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["code"] == CODE


def test_explain_suggests_a_code_and_lists_a_family(capsys):
    assert main(["explain", CODE[:-1] + "X"]) == 2
    assert "did you mean '" in capsys.readouterr().err
    assert main(["explain", CODE[:3]]) == 2
    assert f"is a family of codes: {CODE}" in capsys.readouterr().err


def test_rules_lists_every_code_as_a_table_and_as_json(capsys):
    codes = [rule.code for rule in all_rules()]
    assert main(["rules"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == codes
    assert main(["rules", "--output-format", "json"]) == 0
    assert [row["code"] for row in json.loads(capsys.readouterr().out)] == codes


def test_doctor_is_content_where_the_tests_run(capsys):
    assert main(["doctor"]) == 0
    page = capsys.readouterr().out
    assert "tf2kit migrate has all it needs." in page
    assert f"{sys.version_info.major}.{sys.version_info.minor}." in page


def test_doctor_says_how_to_get_what_is_missing_and_exits_with_1(monkeypatch, capsys):
    def version(name):
        raise doctor.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.metadata, "version", version)
    assert main(["doctor"]) == 1
    page = capsys.readouterr().out
    assert 'pip install "tensorflow>=2.21,<2.22"' in page
    assert "tf2kit migrate cannot run yet." in page


def test_doctor_does_not_mind_that_optional_things_are_missing(monkeypatch, capsys):
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)
    monkeypatch.setattr(doctor, "_browsers", lambda: iter(()))
    assert main(["doctor", "--output-format", "json"]) == 0
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)["checks"]}
    assert not checks["Node.js"]["good"]
    assert "nodejs.org" in checks["Node.js"]["how"]


def test_doctor_reports_a_version_that_is_too_new_as_needed(monkeypatch, capsys):
    monkeypatch.setattr(doctor.metadata, "version", lambda name: "99.0")
    assert main(["doctor"]) == 1
    assert "needed    TensorFlow" in capsys.readouterr().out


def test_doctor_survives_a_program_that_hangs_or_fails(monkeypatch):
    def hang(*args, **more):
        raise subprocess.TimeoutExpired("node", doctor.TIMEOUT)

    monkeypatch.setattr(doctor.subprocess, "run", hang)
    assert not {check.name: check for check in doctor.examine()}["Node.js"].good


@pytest.mark.parametrize(("text", "numbers"), [("2.21.0rc1", (2, 21, 0)), ("20.3", (20, 3)), ("x", ())])
def test_versions_are_compared_by_their_numbers(text, numbers):
    assert doctor.numbers(text) == numbers


def test_doctor_wants_the_versions_that_the_package_declares():
    tomllib = pytest.importorskip("tomllib", reason="Python 3.10 has no TOML reader")
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    requirements = [*project["dependencies"], *project["optional-dependencies"]["export"]]
    declared = [requirement.split(";")[0].strip() for requirement in requirements]
    checks = {check.name: check for check in doctor.examine()}
    assert checks["Python"].wanted == project["requires-python"]
    for package in doctor.PACKAGES:
        if package.name != "keras":  # comes with TensorFlow
            assert package.name + checks[package.label].wanted in declared
