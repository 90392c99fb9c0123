"""The pipeline: ExampleGen → ExampleValidator → Trainer → Evaluator → blessing → export with parity → Pusher. Any stage may stop it."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

from . import data, evaluation, training, validation
from .registry import Registry

Say = Callable[[str, str], None]


class StoppedError(Exception):
    """A stage refused to go on: its name and its reasons. What is served stays as it is."""

    def __init__(self, stage: str, reasons: list[str]) -> None:
        super().__init__(stage)
        self.stage, self.reasons = stage, reasons


def run(batch: Path, registry: Registry, epochs: int, say: Say) -> int:
    """Take a CSV file to a served model; its version.

    Raises:
      StoppedError: data, model or artefact are not good enough.
      ValueError, OSError: the file cannot be read.
    """
    table = data.read(batch)
    say("ExampleGen", f"{len(table)} rows")
    before = None if registry.served is None else _statistics(registry, registry.served)
    found = validation.anomalies(table, before)
    if found:
        raise StoppedError("ExampleValidator", found)
    say("ExampleValidator", "the schema holds" + ("" if before is None else ", and the data is like the data before"))
    images, labels = data.arrays(table)
    model = training.train(images, labels, epochs)
    say("Trainer", f"{model.count_params()} parameters, {epochs} epochs")
    held_out, answers = data.arrays(data.span(data.EVALUATION))
    result = evaluation.evaluate(model.predict(held_out, verbose=0), held_out, answers)
    served = registry.served
    against = None if served is None else evaluation.Evaluation(registry.facts(served)["accuracy"])
    found = evaluation.objections(result, against)
    if found:
        raise StoppedError("Evaluator", found)
    worst = min(result.accuracy, key=lambda name: result.accuracy[name])
    say(
        "Evaluator", f"blessed: accuracy {result.accuracy['all']:.3f}, worst slice {worst} {result.accuracy[worst]:.3f}"
    )
    version, folder = registry.new_version()
    try:
        _export(model, folder, say)
    except BaseException:
        shutil.rmtree(folder)
        raise
    facts = {"accuracy": result.accuracy, "statistics": validation.Statistics.of(table).to_json()}
    (folder / "facts.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    registry.push(version)
    say("Pusher", f"version {version} is served")
    return version


def _statistics(registry: Registry, version: int) -> validation.Statistics:
    found = registry.facts(version)["statistics"]
    return validation.Statistics(**{f.name: found[f.name] for f in dataclasses.fields(validation.Statistics)})


def _export(model: object, folder: Path, say: Say) -> None:
    """SavedModel for the server, TFLite and TF.js for devices; each is run in its runtime and compared with the model."""
    from tf2kit import tfjs, tflite
    from tf2kit.export.errors import ExportError

    model.save(folder / "model.keras")  # type: ignore[attr-defined]
    model.export(folder / "saved_model", verbose=False)  # type: ignore[attr-defined]
    say("SavedModel", "written")
    for name, export, output in (("TFLite", tflite.export, "model.tflite"), ("TF.js", tfjs.export, "tfjs")):
        try:
            report = export(str(folder / "model.keras"), folder / output)
        except ExportError as error:
            raise StoppedError(name, [str(error)]) from error
        if not report.proven:
            raise StoppedError(name, [f"the artefact does not compute what the model computes: {report.why}"])
        say(name, "the artefact computes the same in its own runtime")
