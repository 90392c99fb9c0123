"""What happens to one file: `analyse` collects its facts, `transform` takes it through the stages. Both run in a worker."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import official, python2, statements
from .discover import InputFile
from .draft import Draft, note
from .facts import Facts, facts_of
from .findings import Edit, FileResult, Finding, Severity
from .linediff import line_edits
from .module import Module, parse
from .notebook import Notebook, NotebookError, is_notebook
from .options import Options
from .rules import Rule, of_stage
from .rules.official import log as official_log
from .rules.official import unreadable as official_unreadable
from .rules.source import crash, internal, output, syntax, unreadable
from .source import Source, SourceError, line_starts

_ROUNDS = 5  # rules of one stage whose fixes overlap take turns; more rounds than this were never seen
_STAYS = ("tensorflow.python.", "tensorflow.core.", "tensorflow.tools.", "tensorflow.examples.")
_DONE = b"compat.v1.disable_v2_behavior()"
_STAGES = ("official", "symbols", "contrib", "runtime", "program")


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and what the rest of the tree says about it."""

    file: InputFile
    package: str = ""
    star: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facts: Facts | None = None


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


def _open(task: Task) -> tuple[Source, Notebook | None]:
    """The text of the file.

    Raises:
      SourceError, NotebookError: it cannot be had.
    """
    if task.file.error is not None:
        raise SourceError(task.file.error)
    if is_notebook(task.file.path, task.file.raw):
        notebook = Notebook.read(task.file.path, task.file.raw)
        return notebook.source, notebook
    return Source.read(task.file.path, task.file.raw), None


def _analyse(task: Task) -> Facts | FileResult:
    try:
        source, notebook = _open(task)
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
    source, notebook = _open(task)
    draft = Draft(task.file.path, source.text, _worker.options)
    if notebook is not None:
        python3 = _parses(draft.text)  # in Python 2 it cannot be told yet what is good
        draft.apply(notebook.findings(), _parses if python3 else lambda _: True, _no_imports)
    _python2_stage(draft)
    _official_stage(draft, task)
    for stage in _STAGES:
        _stage(draft, task, of_stage(stage))  # type: ignore[arg-type]
    module = _module(draft, task)
    for finding in _run_rules(of_stage("check"), module):
        if not _told(draft, finding):
            draft.add(finding)
    try:
        after = notebook.encode(draft.text) if notebook is not None else source.encode(draft.text)
    except (SourceError, NotebookError) as error:
        return _failed(task, note(output.CODE, f"left as it is: {error}", output.TODO), source.text)
    if after == task.file.raw:
        draft.forget_fixed()
    locate = notebook.locate if notebook is not None else None
    return FileResult(
        task.file.path,
        task.file.raw,
        after,
        draft.diagnostics(locate),
        task.facts.program if task.facts else "",
        "compat",
        _needs(module, task.facts),
    )


def _told(draft: Draft, finding: Finding) -> bool:
    """Whether something was said already about the same place and is left for a person."""
    at = draft.origin(finding.start)
    return any(not p.fixed and p.start <= at <= p.end and p.finding.severity is not Severity.NOTE for p in draft.placed)


def _python2_stage(draft: Draft) -> None:
    """All of its edits belong together: without any of them the text does not parse."""
    result = python2.upgrade(draft.text)
    if result.text == draft.text:
        for finding in result.findings:
            draft.add(finding)
        return
    if all(draft.wanted(f) for f in result.findings if f.fix is not None):
        for finding in result.findings:
            draft.add(finding, fixed=finding.fix is not None)
        draft.advance(result.text, result.edits)


def _official_stage(draft: Draft, task: Task) -> None:
    """Let the official script make the first rewrite; of its text, only the lines that it meant to change are taken."""
    mode = _worker.options.official
    if mode == "off" or not _mentions_tensorflow(draft, task):
        return
    if _DONE in draft.text or (task.facts is not None and task.facts.spelled):
        return  # it went through the default mode (or a person's hands) before; that mode would wrap again what it wrapped then
    if _worker.official_error is not None:
        draft.add(official_unreadable.finding(_worker.official_error))
        return
    module = _module(draft, task)
    text = draft.text if mode == "default" else official.relevant(module)
    try:
        result = official.upgrade(_unix(text), mode)
    except official.OfficialError as error:
        draft.add(official_unreadable.finding(str(error)))
        return
    edits = [e for e in line_edits(text, result.text.encode("utf-8")) if mode == "default" or _in_import(module, e)]
    draft.apply(official_log.findings(module, result.log, edits), _parses, _no_imports)


def _mentions_tensorflow(draft: Draft, task: Task) -> bool:
    return b"tensorflow" in draft.text or bool(task.facts and task.facts.tf_names)


def _unix(text: bytes) -> str:
    """What ``open(path).read()`` would give: universal newlines."""
    return text.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _in_import(module: Module, edit: Edit) -> bool:
    """Whether the edit lies in an import statement that the script may move; it sends private modules to places that do not exist."""
    spans = (module.span(i.node) for i in module.imports if not i.target.startswith(_STAYS))
    return any(start <= edit.start and edit.end <= module.line_span(max(start, end - 1))[1] for start, end in spans)


def _stage(draft: Draft, task: Task, rules: Sequence[Rule]) -> None:
    for _ in range(_ROUNDS):
        module = _module(draft, task)
        place = lambda lines, edits, m=module: statements.place(m, lines, edits)  # noqa: E731
        if not draft.apply(_run_rules(rules, module), _parses, place):
            break


def _run_rules(rules: Sequence[Rule], module: Module) -> list[Finding]:
    found: list[Finding] = []
    for rule in rules:
        assert rule.check is not None
        try:
            found += rule.check(module)
        except Exception:
            found.append(note(internal.CODE, internal.message(traceback.format_exc(), rule.code), internal.TODO))
    return found


def _module(draft: Draft, task: Task) -> Module:
    """The current text, parsed and resolved once."""
    if draft.module is None:
        draft.module = Module(task.file.path, draft.text, task.package, task.star)
        draft.module.facts = task.facts
        draft.module.options = _worker.options
    return draft.module


def _parses(text: bytes) -> bool:
    try:
        parse(text)
    except SyntaxError:
        return False
    return True


def _no_imports(_: Sequence[str], _edits: Sequence[Edit]) -> list[Edit]:
    return []


def _needs(module: Module, facts: Facts | None) -> tuple[str, ...]:
    """Packages besides TensorFlow that the new text wants."""
    found = set()
    if facts is not None and facts.entry_legacy:
        found.add("tf_keras")
    fulls = {i.target.split(".")[0] for i in module.imports}
    found |= fulls & {"tf2kit", "tf_keras", "tf_slim", "tensorflow_probability", "imageio", "joblib"}
    return tuple(sorted(found))
