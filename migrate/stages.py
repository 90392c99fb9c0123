"""What happens to one file: `analyse` collects its facts, `transform` takes it through the stages. Both run in a worker."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field

from . import official, python2
from .draft import Draft, note
from .facts import Facts, facts_of
from .findings import Edit, FileResult, Finding, Severity
from .linediff import line_edits
from .module import Module
from .notebook import NotebookError
from .options import Options
from .rules import Stage, of_stage
from .rules.official import log as official_log
from .rules.official import unreadable as official_unreadable
from .rules.source import crash, internal, output, syntax, unreadable
from .source import SourceError, line_starts
from .work import Task, Work, no_imports, open_file, parses, run_rules

_STAYS = ("tensorflow.python.", "tensorflow.core.", "tensorflow.tools.", "tensorflow.examples.")
_DONE = b"compat.v1.disable_v2_behavior()"
_STAGES: tuple[Stage, ...] = ("official", "symbols", "contrib", "runtime", "program")


@dataclass(slots=True)
class _Worker:
    options: Options = field(default_factory=Options)
    official_error: str | None = None


_worker = _Worker()


def configure(options: Options, in_worker: bool = False) -> None:
    """Set up this process. The official script is loaded in workers only: its stubs would shadow TensorFlow."""
    _worker.options = options
    _worker.official_error = None
    if options.official != "off" and in_worker:
        try:
            official.load()
        except official.OfficialError as error:
            _worker.official_error = str(error)


def options() -> Options:
    """The options that this process was set up with."""
    return _worker.options


def analyse(task: Task) -> Facts | FileResult:
    """The facts of one file; a `FileResult` when there is nothing more to do with it (unreadable, not Python, ignored)."""
    try:
        return _analyse(task)
    except Exception:
        return _failed(task, note(internal.CODE, internal.message(traceback.format_exc())))


def transform(task: Task) -> FileResult:
    """Migrate one file. Whatever goes wrong is a finding and leaves the file at its last good stage."""
    try:
        return _transform(task)
    except Exception:
        return _failed(task, note(internal.CODE, internal.message(traceback.format_exc())))


def crashed(task: Task) -> FileResult:
    """The result of a task whose process died."""
    return _failed(
        task, note(crash.CODE, "the process that worked on this file died; the file is left as it is", crash.TODO)
    )


def _failed(task: Task, finding: Finding, text: bytes = b"") -> FileResult:
    draft = Draft(task.file.path, text, _worker.options)
    draft.add(finding)
    return FileResult(task.file.path, task.file.raw, task.file.raw, draft.diagnostics())


def _analyse(task: Task) -> Facts | FileResult:
    try:
        source, notebook = open_file(task.file)
    except (SourceError, NotebookError) as error:
        return _failed(task, note(unreadable.CODE, f"cannot be read: {error}", unreadable.TODO))
    if notebook is not None and notebook.skipped:
        return FileResult(task.file.path, task.file.raw, task.file.raw)
    if Draft(source.path, source.text, _worker.options).ignore_file:
        return FileResult(task.file.path, task.file.raw, task.file.raw)
    upgraded = python2.upgrade(source.text)
    try:
        module = Module(task.file.path, upgraded.text, task.package, task.star)
    except SyntaxError as error:
        if b"tensorflow" not in source.text:
            return FileResult(task.file.path, task.file.raw, task.file.raw)
        start = _line_start(source.text, error.lineno)
        finding = Finding(syntax.CODE, f"cannot be parsed: {error.msg}", start, start, todo=syntax.TODO)
        return _failed(task, finding, source.text)
    module.options = _worker.options
    facts = facts_of(module, source.text)
    if notebook is not None:
        facts.tf1 = facts.tf1 or any(f.fix is not None for f in notebook.findings())
    return facts


def _line_start(text: bytes, line: int | None) -> int:
    starts = line_starts(text)
    return starts[min(max((line or 1) - 1, 0), len(starts) - 1)]


def _transform(task: Task) -> FileResult:
    work = Work(task, _worker.options)
    for finding in task.findings:
        work.draft.add(finding)
    work.begin()
    _official_stage(work)
    for stage in _STAGES:
        work.stage(stage)
    for finding in run_rules(of_stage("check"), work.module):
        if not _told(work, finding):
            work.draft.add(finding)
    try:
        return work.result("compat")
    except (SourceError, NotebookError) as error:
        return _failed(task, note(output.CODE, f"left as it is: {error}", output.TODO), work.source.text)


def _told(work: Work, finding: Finding) -> bool:
    """Whether a rule said something already about the same place that is left for a person."""
    at = work.draft.origin(finding.start)
    left = (p for p in work.draft.placed if not p.fixed and p.finding.severity is not Severity.NOTE)
    return any(p.start <= at <= p.end and p.finding not in work.task.findings for p in left)


def _official_stage(work: Work) -> None:
    """Let the official script make the first rewrite; of its text, only the lines that it meant to change are taken."""
    draft, task, mode = work.draft, work.task, _worker.options.official
    if mode == "off" or not _mentions_tensorflow(draft, task):
        return
    if _DONE in draft.text or (task.facts is not None and task.facts.spelled):
        return  # it went through the default mode (or a person's hands) before; that mode would wrap again what it wrapped then
    if _worker.official_error is not None:
        draft.add(official_unreadable.finding(_worker.official_error))
        return
    module = work.module
    text = draft.text if mode == "default" else official.relevant(module)
    try:
        result = official.upgrade(_unix(text), mode)
    except official.OfficialError as error:
        draft.add(official_unreadable.finding(str(error)))
        return
    edits = [e for e in line_edits(text, result.text.encode("utf-8")) if mode == "default" or _in_import(module, e)]
    draft.apply(official_log.findings(module, result.log, edits), parses, no_imports)


def _mentions_tensorflow(draft: Draft, task: Task) -> bool:
    return b"tensorflow" in draft.text or bool(task.facts and task.facts.tf_names)


def _unix(text: bytes) -> str:
    """What ``open(path).read()`` would give: universal newlines."""
    return text.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _in_import(module: Module, edit: Edit) -> bool:
    """Whether the edit lies in an import statement that the script may move; it sends private modules to places that do not exist."""
    spans = (module.span(i.node) for i in module.imports if not i.target.startswith(_STAYS))
    return any(start <= edit.start and edit.end <= module.line_span(max(start, end - 1))[1] for start, end in spans)
