"""Gets recordings of both programs: from a file, or by running them, at the same time where that is safe."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from . import child
from .items import items
from .judge import Noise
from .model import Place, Run
from .recording import Recorded, Recording, Where, of_row
from .stage import Box, Program, place, shares_files, stage

PERTURB = 1e-6
PERTURBED = 2  # runs that measure the noise
Side = Literal["old", "new"]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How programs are run and compared.

    Attributes:
      tolerance: relative difference that is still equal.
      steps: calls that change variables after which a program is ended; 0 for none.
      timeout: seconds for each run.
      neutralise: "auto" replaces random operations only where the generators turn out to differ, "always", "never".
      legacy_python: an interpreter with TensorFlow 1.x for the old program; None for `tf2kit run`.
      recorded: a recording that stands for the old program.
    """

    tolerance: float = 1e-4
    steps: int = 0
    timeout: float = 600.0
    neutralise: str = "auto"
    legacy_python: str | None = None
    recorded: Recorded | None = None


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to run: random operations replaced or not, by which of several movements of the weights (0 for none), data in order or not."""

    neutral: bool = False
    perturbed: int = 0
    in_order: bool = False

    @property
    def name(self) -> str:
        """As in recordings and progress."""
        plain = "in order" if self.in_order else "plain"
        words = ["neutralised" if self.neutral else plain] if self.neutral or not self.perturbed else []
        return " ".join(words + (["perturbed", str(self.perturbed)] if self.perturbed else []))


@dataclass(slots=True)
class Lab:
    """Runs the two programs of one comparison below the folder ``scratch``."""

    old: Program
    new: Program
    arguments: tuple[str, ...]
    options: Options
    scratch: Path
    execute: child.Execute = child.execute
    progress: Progress = lambda _: None
    runs: list[Run] = field(default_factory=list)
    _boxes: dict[Side, list[Box]] = field(default_factory=lambda: {"old": [], "new": []})
    _count: int = 0

    @property
    def apart(self) -> bool:
        """Whether the two must run one after the other, because they share files outside their folders."""
        return shares_files(self.old) or shares_files(self.new)

    def can(self, variant: Variant) -> bool:
        """Whether the reference can be had in a variant."""
        recorded = self.options.recorded
        if recorded is None:
            return True
        return (variant.neutral or not variant.in_order) and recorded.variant(variant.neutral) is not None

    def both(self, variant: Variant) -> tuple[Recording, Recording]:
        """Both programs in one variant; the new one starts from the old one's initial weights."""
        folder = self._folder()
        known = self._recorded(variant, folder)
        self.progress(f"running {'both programs' if known is None else 'the new program'}, {variant.name}")
        new_job = self.job("new", variant, reference=folder)
        if known is not None:
            return known, self.run("new", variant, new_job)
        old_job = self.job("old", variant, folder=folder)
        first, second = self.at_once([("old", variant, old_job), ("new", variant, new_job)])
        return first, second

    def noise(self, old: Recording, variant: Variant) -> Noise:
        """How far the reference is from itself when its weights are moved."""
        row = self.options.recorded.variant(variant.neutral) if self.options.recorded else None
        if row is not None:
            return Noise({(what, number, part): error for what, number, part, error in row["noise"]})
        self.progress(f"running the old program {PERTURBED} times with its weights moved by {PERTURB:.0e}")
        variants = [replace(variant, perturbed=n + 1) for n in range(PERTURBED)]
        jobs: list[tuple[Side, Variant, child.Job]] = [("old", v, self.job("old", v)) for v in variants]
        runs = [run for run in self.at_once(jobs) if run.ended != "failed"]
        return Noise.measured([items(old, run)[0] for run in runs])

    def place(self, side: Side, where: Where) -> Place | None:
        """A recorded line as the user knows it."""
        if where is None:
            return None
        for box in self._boxes[side]:
            if any(Path(where[0]).is_relative_to(scratch) for scratch, _ in box.origins):
                return place(box, where)
        # a recorded program: its lines are relative to the folder of its script
        program = self.old if side == "old" else self.new
        home = program.script.parent
        if program.origin is not None:
            home = program.origin / home.relative_to(program.folder)
        return place(Box(program.script, program.folder, [(Path(), home)]), where)

    def _folder(self) -> Path:
        self._count += 1
        folder = self.scratch / f"run-{self._count}"
        folder.mkdir(parents=True)
        return folder

    def job(self, side: Side, variant: Variant, folder: Path | None = None, reference: Path | None = None) -> child.Job:
        """A fresh copy of a program, ready to run."""
        folder = folder or self._folder()
        program = self.old if side == "old" else self.new
        box = stage(program, folder / "box")
        self._boxes[side].append(box)
        legacy = self.options.legacy_python if side == "old" else None
        as_it_is = legacy is not None or (side == "new" and program.migrated)
        return child.Job(
            python=legacy or sys.executable,
            runner="python" if as_it_is else "tf2kit run",
            box=box,
            arguments=self.arguments,
            folder=folder,
            cap=self.options.steps,
            reference=reference,
            neutral=variant.neutral,
            in_order=variant.in_order,
            perturb=PERTURB if variant.perturbed else 0.0,
            seed=variant.perturbed,
            timeout=self.options.timeout,
        )

    def _recorded(self, variant: Variant, folder: Path) -> Recording | None:
        """The recorded old program, whose events are laid into ``folder`` for the new one to start from."""
        row = self.options.recorded.variant(variant.neutral) if self.options.recorded else None
        if row is None:
            return None
        lines = [json.dumps({"t": event["t"], **event}) + "\n" for event in row["events"]]  # as the recorder orders it
        (folder / "events.jsonl").write_text("".join(lines), encoding="utf-8")
        (folder / "ended").touch()
        return of_row(row)

    def run(self, side: Side, variant: Variant, job: child.Job) -> Recording:
        """Run a job and note it for the report."""
        found = self.execute(job)
        self.runs.append(run_of(side, variant, found))
        return found

    def at_once(self, jobs: list[tuple[Side, Variant, child.Job]]) -> list[Recording]:
        """Run jobs at the same time, or one after the other where the programs share files."""
        with ThreadPoolExecutor(1 if self.apart else len(jobs)) as pool:
            try:
                return list(pool.map(lambda job: self.run(*job), jobs))
            except BaseException:
                child.end_all()
                raise


def run_of(side: Side, variant: Variant, found: Recording) -> Run:
    """A recording as a row of the report."""
    kind = "perturbed" if variant.perturbed else variant.name
    return Run(side, kind, found.runtime, found.seconds, found.steps, found.ended, found.exit_code)
