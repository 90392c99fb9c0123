"""Builds the page: train, export and prove the model, and put the parts of TF.js beside it. Nothing of it is kept in the project."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from tf2kit.export import sources, story
from tf2kit.export.errors import ExportError

from .. import TARGET, nodejs
from . import digits

SITE = Path(__file__).with_name("site")
LIBRARIES = {
    "tfjs-core": ("tf-core.min.js",),
    "tfjs-converter": ("tf-converter.min.js",),
    "tfjs-backend-cpu": ("tf-backend-cpu.min.js",),
    "tfjs-backend-webgl": ("tf-backend-webgl.min.js",),
    "tfjs-backend-wasm": ("tf-backend-wasm.min.js", "tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"),
}


def build(folder: Path) -> dict[str, object]:
    """Write the page into `folder`; what its card says.

    Raises:
      ExportError: the folder holds something else, the packages of TF.js are missing, or the model is not what it was in TensorFlow.
    """
    packages = nodejs.packages() / "node_modules" / "@tensorflow"
    if folder.exists() and any(folder.iterdir()) and not (folder / "card.json").is_file():
        raise ExportError(
            f"{folder} is not empty, and no demo was built there.", todo="Give another folder.", usage=True
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as scratch:
        made = Path(scratch) / "site"
        shutil.copytree(SITE, made)
        (made / "lib").mkdir()
        for package, names in LIBRARIES.items():
            for name in names:
                shutil.copyfile(packages / package / "dist" / name, made / "lib" / name)
        card = _model(made)
        (made / "card.json").write_text(json.dumps(card, indent=2) + "\n")
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    return card


def _model(folder: Path) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="tf2kit-digits-") as scratch:
        path = Path(scratch) / "digits.keras"
        accuracy = digits.train(path)
        report = story.export(TARGET, sources.Request(str(path)), folder / "model")
    if not report.proven:
        raise ExportError(f"The model of the demo is not proven: {report.why}.")
    return {
        "accuracy": accuracy,
        "size": report.size,
        "tolerance": report.tolerance,
        "samples": report.samples,
        "rows": [
            {
                "runtime": row.runtime,
                "error": max(error.max_rel for error in row.errors),
                "top1": min((error.top1 for error in row.errors if error.top1 is not None), default=None),
                "latency": row.latency.get(1),
            }
            for row in report.rows
        ],
    }
