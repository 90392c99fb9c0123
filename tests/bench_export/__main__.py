"""Exports side by side: ours, Keras's, tf2onnx's and the official TensorFlow.js converter, on the models of the zoo.

``make bench-export`` runs all, ``make bench-export MODELS="mlp cnn"`` some. Every artefact is run in its real runtime and compared with
the original on the same samples; right means within 1e-5. Times are those of whole processes, starting TensorFlow included.
"""

from __future__ import annotations

import contextlib
import math
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tests.export import zoo
from tf2kit import tfjs, tflite
from tf2kit.export import Exportable, ExportError, Target, child, onnx, parity
from tf2kit.export.child import Message
from tf2kit.export.entry import unnamed
from tf2kit.export.sources import Request

from . import official_tfjs, routes

TOLERANCE = 1e-5
SECONDS = 900
BUILD = Path("build/bench-export")


@dataclass(frozen=True)
class Model:
    """A model of the zoo with what it answers."""

    name: str
    path: str
    exportable: Exportable
    given: Mapping[str, np.ndarray]
    expected: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Result:
    """What became of a model on one route; `why` is empty where the artefact is right."""

    why: str
    size: int = 0
    seconds: float = 0.0
    latency: float | None = None


@dataclass(frozen=True)
class Route:
    """A way to export; `ours` is the route that it is held against."""

    name: str
    ours: str
    export: Callable[[Model, Path], None]
    run: Callable[[Model, Path], Message]
    suffix: str = ""


def main(names: Sequence[str]) -> int:
    """Print the table; returns 1 where one of ours is right on fewer models, larger by more than 2 %, or (TF.js) slower."""
    environment = official_tfjs.make(BUILD / "tfjs").parent.parent
    results: dict[str, dict[str, Result]] = {}
    for name in names or zoo.ANIMALS:
        with tempfile.TemporaryDirectory(prefix="tf2kit-bench-") as work:
            model = _prepared(name, Path(work))
            for route in _routes(environment):
                result = _measured(route, model, Path(work) / f"{route.name}{route.suffix}")
                results.setdefault(route.name, {})[name] = result
                print(f"{name:<20} {route.name:<16} {_line(result)}", flush=True)
    return _summary(results, _routes(environment))


def _prepared(name: str, work: Path) -> Model:
    animal = zoo.ANIMALS[name]
    path = zoo.build(name, BUILD / "zoo")
    request = Request(path, animal.inputs, animal.outputs, animal.signature)
    data = {
        "request": asdict(request),
        "workdir": str(work),
        "check": True,
        "samples": None,
        "sampler": "",
        "options": {},
    }
    answer = child.call("tf2kit.export.entry:prepare", Message({**data, "count": 4, "seed": 0, "repeats": 0}), SECONDS)
    exportable = Exportable.from_json(answer.data["exportable"])
    given, expected = (unnamed(exportable.main.name, way, answer.arrays) for way in ("in", "out"))
    return Model(name, path, exportable, given, expected)


def _routes(environment: Path) -> list[Route]:
    def keras(form: str) -> Callable[[Model, Path], None]:
        return lambda model, out: _keras(model, out, form)

    def saved(function: str) -> Callable[[Model, Path], None]:
        return lambda model, out: _saved(function, model, out, environment)

    own = [
        _own("tf2kit tflite", tflite.TARGET, "litert", _loose("run_litert")),
        _own("tf2kit tfjs", tfjs.TARGET, "cpu"),
        _own("tf2kit onnx", onnx.TARGET, "onnxruntime", _loose("run_onnx")),
    ]
    return [
        own[0],
        Route("keras litert", "tf2kit tflite", keras("litert"), _loose("run_litert"), ".tflite"),
        own[1],
        Route("tensorflowjs", "tf2kit tfjs", saved("official_converter"), own[1].run),
        own[2],
        Route("keras onnx", "tf2kit onnx", keras("onnx"), _loose("run_onnx"), ".onnx"),
        Route("tf2onnx command", "tf2kit onnx", saved("tf2onnx_command"), _loose("run_onnx"), ".onnx"),
    ]


def _own(name: str, target: Target, runtime: str, timer: Callable[[Model, Path], Message] | None = None) -> Route:
    """A route of ours; `timer` times its artefact as those of the others are timed."""
    function = target.runs.get(runtime) or next(iter(target.runs.values()))

    def export(model: Model, out: Path) -> None:
        data = {"function": target.convert, "exportable": model.exportable.to_json(), "out": str(out), "options": {}}
        child.call("tf2kit.export.entry:convert", Message(data), SECONDS)

    def run(model: Model, artefact: Path) -> Message:
        data = {"function": function, "exportable": model.exportable.to_json(), "signature": model.exportable.main.name}
        rest = {"artefact": str(artefact), "repeats": routes.REPEATS, "options": {}}
        ran = child.call("tf2kit.export.entry:run", Message({**data, **rest}, model.given), SECONDS)
        if timer is None:
            return ran
        with contextlib.suppress(ExportError):  # texts that go in as bytes
            return Message(timer(model, artefact).data, ran.arrays)
        return Message({"latency": {}}, ran.arrays)

    return Route(name, name, export, run, target.suffix)


def _keras(model: Model, out: Path, form: str) -> None:
    if model.exportable.kind != "Keras model":
        raise ExportError("takes Keras models only")
    child.call(
        "tests.bench_export.routes:keras_export",
        Message({"model": model.path, "out": str(out), "format": form}),
        SECONDS,
    )


def _saved(function: str, model: Model, out: Path, environment: Path) -> None:
    data = {"saved_model": str(model.exportable.saved_model), "signature": model.exportable.main.name, "out": str(out)}
    child.call(f"tests.bench_export.routes:{function}", Message({**data, "environment": str(environment)}), SECONDS)


def _loose(function: str) -> Callable[[Model, Path], Message]:
    def run(model: Model, artefact: Path) -> Message:
        return child.call(
            f"tests.bench_export.routes:{function}", Message({"artefact": str(artefact)}, model.given), SECONDS
        )

    return run


def _measured(route: Route, model: Model, out: Path) -> Result:
    start = time.perf_counter()
    try:
        route.export(model, out)
        seconds = time.perf_counter() - start
        ran = route.run(model, out)
    except ExportError as error:
        return Result(" ".join(str(error).split())[:90])
    finally:
        size = _size(out)
        shutil.rmtree(out, ignore_errors=True)
    errors = parity.compare(model.expected, routes.renamed(model.expected, ran.arrays))
    worst = max(error.max_rel for error in errors)
    latency = ran.data["latency"].get("1")
    return Result("" if worst <= TOLERANCE else f"wrong by {worst:.1e}", size, seconds, latency)


def _size(path: Path) -> int:
    """Of the model alone: typings and snippets that lie beside it are not loaded."""
    if not path.is_dir():
        return path.stat().st_size if path.is_file() else 0
    return sum(p.stat().st_size for p in path.iterdir() if p.name == "model.json" or p.suffix == ".bin")


def _line(result: Result) -> str:
    if result.why:
        return result.why
    latency = "" if result.latency is None else f"{result.latency * 1e3:9.2f} ms"
    return f"right {result.size / 1e3:10.1f} kB {result.seconds:7.1f} s {latency}"


def _summary(results: Mapping[str, Mapping[str, Result]], all_routes: Sequence[Route]) -> int:
    """Right models of each route, and ratios to ours over the models that both have right."""
    bad = False
    for route in all_routes:
        rows = results[route.name]
        right = [name for name, result in rows.items() if not result.why]
        text = f"{route.name:<16} right on {len(right)} of {len(rows)}"
        if route.ours != route.name:
            both = [(results[route.ours][name], rows[name]) for name in right if not results[route.ours][name].why]
            fewer = len(right) > sum(not result.why for result in results[route.ours].values())
            larger = max((a.size / b.size for a, b in both), default=1.0)
            slower = _mean([a.latency / b.latency for a, b in both if a.latency and b.latency])
            bad |= fewer or larger > 1.02 or (route.name == "tensorflowjs" and slower > 1.0)
            text += (
                f"; ours: size at most × {larger:.2f}, time × {_mean([a.seconds / b.seconds for a, b in both]):.2f}, "
            )
            text += f"latency × {slower:.2f} (geometric means over {len(both)})"
        print(text)
    return int(bad)


def _mean(ratios: Sequence[float]) -> float:
    return math.exp(sum(map(math.log, ratios)) / len(ratios)) if ratios else 1.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
