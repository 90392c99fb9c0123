"""One file on its way through the stages of a worker: opened, changed, put back into the form in which it came."""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from . import python2, statements
from .discover import InputFile
from .draft import Draft, note
from .facts import Facts
from .findings import Edit, FileResult, Finding
from .module import Module, parse
from .notebook import Notebook, is_notebook
from .options import Level, Options
from .rules import Rule, Stage, of_stage
from .rules.source import internal
from .source import Source, SourceError

_ROUNDS = 5  # rules of one stage whose fixes overlap take turns; more rounds than this were never seen


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and what the rest of the tree says about it.

    Attributes:
      file: the file. package: the dotted package that it lies in. star: see `Names`. facts: of the module.
      findings: what is to be said about it besides, on its original text.
      members: when a whole program is the task, its modules; ``file`` is its entry point.
    """

    file: InputFile
    package: str = ""
    star: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    facts: Facts | None = None
    findings: tuple[Finding, ...] = ()
    members: tuple[Task, ...] = ()


class Work:
    """A file that is being changed.

    Args:
      task: the file. options: of the run.

    Raises:
      SourceError, NotebookError: its text cannot be had.
    """

    def __init__(self, task: Task, options: Options) -> None:
        self.task = task
        self.options = options
        self.source, self.notebook = open_file(task.file)
        self.draft = Draft(task.file.path, self.source.text, options)

    @property
    def module(self) -> Module:
        """The current text, parsed and resolved once."""
        draft = self.draft
        if draft.module is None:
            draft.module = Module(self.task.file.path, draft.text, self.task.package, self.task.star)
            draft.module.facts = self.task.facts
            draft.module.options = self.options
        return draft.module

    def begin(self) -> None:
        """Mend hidden pieces of notebooks, and bring Python 2 to Python 3."""
        if self.notebook is not None:
            python3 = parses(self.draft.text)  # in Python 2 it cannot be told yet what is good
            self.draft.apply(self.notebook.findings(), parses if python3 else lambda _: True, no_imports)
        self._python2()

    def _python2(self) -> None:
        """All of its edits belong together: without any of them the text does not parse."""
        draft = self.draft
        result = python2.upgrade(draft.text)
        if result.text == draft.text:
            for finding in result.findings:
                draft.add(finding)
            return
        if all(draft.wanted(f) for f in result.findings if f.fix is not None):
            for finding in result.findings:
                draft.add(finding, fixed=finding.fix is not None)
            draft.advance(result.text, result.edits)

    def stage(self, name: Stage) -> None:
        """Make the fixes of all rules of a stage."""
        rules = of_stage(name)
        for _ in range(_ROUNDS):
            module = self.module
            place = lambda lines, edits, m=module: statements.place(m, lines, edits)  # noqa: E731
            if not self.draft.apply(run_rules(rules, module), parses, place):
                break

    def result(self, level: Level) -> FileResult:
        """What became of the file.

        Raises:
          SourceError, NotebookError: the new text cannot be put back into its form.
        """
        draft, task = self.draft, self.task
        after = self.notebook.encode(draft.text) if self.notebook is not None else self.source.encode(draft.text)
        if after == task.file.raw:
            draft.forget_fixed()
        return FileResult(
            task.file.path,
            task.file.raw,
            after,
            draft.diagnostics(self.notebook.locate if self.notebook is not None else None),
            task.facts.program if task.facts else "",
            level,
            _needs(self.module, level, task.facts),
        )


def open_file(file: InputFile) -> tuple[Source, Notebook | None]:
    """The text of a file.

    Raises:
      SourceError, NotebookError: it cannot be had.
    """
    if file.error is not None:
        raise SourceError(file.error)
    if is_notebook(file.path, file.raw):
        notebook = Notebook.read(file.path, file.raw)
        return notebook.source, notebook
    return Source.read(file.path, file.raw), None


def run_rules(rules: Sequence[Rule], module: Module) -> list[Finding]:
    """What rules say about a module; a rule that fails says so."""
    found: list[Finding] = []
    for rule in rules:
        assert rule.check is not None
        try:
            found += rule.check(module)
        except Exception:
            found.append(note(internal.CODE, internal.message(traceback.format_exc(), rule.code), internal.TODO))
    return found


def parses(text: bytes) -> bool:
    """Whether a text is Python 3."""
    try:
        parse(text)
    except SyntaxError:
        return False
    return True


def no_imports(_: Sequence[str], _edits: Sequence[Edit]) -> list[Edit]:
    """For fixes that need no import statements."""
    return []


def _needs(module: Module, level: Level, facts: Facts | None) -> tuple[str, ...]:
    """Packages besides TensorFlow that the new text wants."""
    found = set()
    if level == "compat" and facts is not None and facts.entry_legacy:
        found.add("tf_keras")
    fulls = {i.target.split(".")[0] for i in module.imports}
    found |= fulls & {"tf2kit", "tf_keras", "tf_slim", "tensorflow_probability", "imageio", "joblib"}
    return tuple(sorted(found))
