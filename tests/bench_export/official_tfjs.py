"""The official TensorFlow.js converter in an environment of its own: ``python -m tests.bench_export.official_tfjs FOLDER``.

tensorflowjs 4.22.0, its last release, cannot be installed as it is beside a current TensorFlow: what it depends on
(tensorflow-decision-forests, jax, flax) drags TensorFlow back to 2.19, and then it fails to import, because that was built for another
protobuf. What converts SavedModels needs none of it. So:

1. a virtual environment that sees the packages of this one (TensorFlow 2.21);
2. ``pip install --no-deps tensorflowjs==4.22.0 tensorflow-hub==0.16.1``: the converter without what it asks for;
3. empty modules in place of tensorflow_decision_forests and of its own conversion of JAX models, which it imports on start and does not
   use for SavedModels.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

PACKAGES = ("tensorflowjs==4.22.0", "tensorflow-hub==0.16.1")
# module → its text; the converter asks for these names on import
_STAND_INS = {
    "tensorflow_decision_forests/__init__.py": "",
    "tensorflowjs/converters/jax_conversion.py": "PolyShape = convert_jax = None\n",
}


def make(folder: Path) -> Path:
    """The Python of the environment, which is made if it is not there."""
    python = folder / "bin" / "python"
    done = folder / "made"
    if not done.is_file():
        venv.create(folder, with_pip=True, clear=True)
        place = _site(python)
        (place / "outer.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", *PACKAGES], check=True)
        for name, text in _STAND_INS.items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
        done.touch()
    return python


def _site(python: Path) -> Path:
    code = "import sysconfig; print(sysconfig.get_paths()['purelib'])"
    return Path(subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip())


def command(python: Path, saved_model: Path, signature: str, out: Path) -> list[str]:
    """What converts a signature of a SavedModel to a graph model."""
    call = "import sys; from tensorflowjs.converters.converter import pip_main; pip_main()"
    flags = ["--input_format=tf_saved_model", "--output_format=tfjs_graph_model", f"--signature_name={signature}"]
    return [str(python), "-c", call, *flags, "--control_flow_v2=True", str(saved_model), str(out)]


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
