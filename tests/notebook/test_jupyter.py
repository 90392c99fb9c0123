"""TensorFlow 1 notebooks run in a real Jupyter kernel, with real TensorFlow."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from examples import programs

nbclient = pytest.importorskip("nbclient", reason="needs the tools of requirements.txt: make setup")
nbformat = pytest.importorskip("nbformat", reason="needs the tools of requirements.txt: make setup")

pytestmark = pytest.mark.slow
NAME = "logistic_regression.ipynb"


def execute(folder: Path, *sources: str, stop: bool = True) -> tuple[list[Any], list[str | None]]:
    """Run code cells behind ``%load_ext tf2kit`` in ``folder``; the cells, and what each put into the next one."""
    cells = [nbformat.v4.new_code_cell(source) for source in ("%load_ext tf2kit", *sources)]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": ""}})
    nexts: list[str | None] = []

    def note(execute_reply: dict[str, Any], **_: Any) -> None:
        payload = execute_reply["content"].get("payload", [])
        nexts.append(next((p["text"] for p in payload if p["source"] == "set_next_input"), None))

    client = nbclient.NotebookClient(
        notebook,
        timeout=300,
        allow_errors=not stop,
        on_cell_executed=note,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    return notebook.cells[1:], nexts[1:]


def printed(cell: Any) -> str:
    """What a cell wrote to its standard output."""
    return "".join(o["text"] for o in cell.outputs if o.output_type == "stream" and o.name == "stdout")


def test_a_colab_notebook_prints_the_numbers_of_tensorflow_1(tmp_path: Path) -> None:
    sources = [
        "".join(cell["source"])
        for cell in json.loads((programs.LEGACY / NAME).read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "code"
    ]
    assert sources[0].startswith("%tensorflow_version 1.x\n!pip install")
    assert sources[1].startswith("%matplotlib inline\n")
    sources[1] = sources[1].removeprefix("%matplotlib inline\n")  # the project has no Matplotlib
    cells, _ = execute(tmp_path, *sources)
    assert "TensorFlow 1.x selected.\n" in printed(cells[0])
    assert cells[1].outputs[-1].data["text/plain"] == "(1797, 64)"
    row = programs.recorded()["programs"][NAME]
    lines = [line for cell in cells for line in printed(cell).splitlines()]
    output = "\n".join(line for line in lines if line.startswith(("epoch", "accuracy", "final loss")))
    assert programs.difference("\n".join(row["output"]), output) <= row["tolerance"], output


def test_modules_functions_given_to_datasets_and_errors_of_a_notebook(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(
        "import tensorflow as tf\ndef net(x):\n    return tf.contrib.layers.flatten(x)\n"
    )
    cells, _ = execute(
        tmp_path,
        "%tensorflow_version 1.x\nimport tensorflow as tf\nfrom model import net",
        "def scale(x):\n    if tf.reduce_sum(x, reduction_indices=0) > 3:\n"
        "        x = tf.contrib.layers.flatten(tf.expand_dims(x * 2, 0))[0]\n    return x",
        "data = tf.data.Dataset.from_tensor_slices([[1, 1], [2, 2]]).map(scale).map(lambda x: net(tf.reshape(x, [1, 1, 2])))\n"
        "item = data.make_one_shot_iterator().get_next()",
        "with tf.Session() as sess:\n    print sess.run(item).tolist(), sess.run(item).tolist()",
        "tf.placeholder(tf.float32, [3]).get_shape()",
        "x = 1\nsess.run(\n    tf.contrib.layers.no_such)",
        "await __import__('asyncio').sleep(0, 'waited')",
        stop=False,
    )
    assert printed(cells[3]) == "[[1, 1]] [[4, 4]]\n"
    assert "TensorShape([" in cells[4].outputs[-1].data["text/plain"]
    error = cells[5].outputs[-1]
    assert error.ename == "AttributeError"
    assert "no_such" in "".join(error.traceback)
    assert "tf_contrib" not in "".join(error.traceback)
    assert cells[6].outputs[-1].data["text/plain"] == "'waited'"


def test_migrate_shows_a_coloured_page_and_fills_the_next_cell(tmp_path: Path) -> None:
    cells, nexts = execute(
        tmp_path,
        "%%migrate\nimport tensorflow as tf\nx = tf.contrib.layers.fully_connected(tf.placeholder('float', [None, 2]), 3)\ntf.no_such",
    )
    data = cells[0].outputs[0].data
    assert "background:rgba(46,160,67" in data["text/html"]
    assert "+ tf.disable_v2_behavior()</div>" in data["text/html"]
    assert "+ tf.disable_v2_behavior()\n" in data["text/plain"]
    assert "SYM199" in data["text/html"]
    assert nexts[0] is not None
    done, _ = execute(tmp_path, nexts[0].replace("tf.no_such", "x.shape"))
    assert "TensorShape([" in done[0].outputs[-1].data["text/plain"]


def test_a_kernel_that_has_imported_tensorflow_2_is_told_to_restart(tmp_path: Path) -> None:
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="Please restart the runtime to change versions"):
        execute(tmp_path, "import tensorflow as tf", "%tensorflow_version 1.x")
