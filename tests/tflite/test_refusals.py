"""What cannot be exported is refused with the op's name, and nothing comes into a file silently."""

import pytest
from tf2kit.tflite import refusals

from tf2kit.export import ExportError

from .files import make

# of TensorFlow 2.21, shortened
_SELECT = """Could not translate MLIR to FlatBuffer. error: 'tf.Svd' op is neither a custom op nor a flex op
<unknown>:0: error: failed while converting: 'main':
Some ops are not supported by the native TFLite runtime, you can enable TF kernels fallback using TF Select.
TF Select ops: Svd, UnicodeDecode
Details:
\ttf.Svd(tensor<?x3xf32>) -> (tensor<?xf32>)
"""
_LISTS = "error: 'tf.TensorListReserve' op requires element_shape to be static during TF Lite transformation pass"
_MARKED = "error: failed to legalize operation 'tf.TensorListSetItem' that was explicitly marked illegal"


@pytest.mark.parametrize(
    ("message", "ops"),
    [
        (_SELECT, ["Svd", "UnicodeDecode"]),
        (_LISTS, ["TensorListReserve"]),
        (_MARKED, ["TensorListSetItem"]),
        ("No.", []),
    ],
)
def test_the_ops_are_found_in_what_the_converter_says(message, ops):
    assert refusals.lacking(ValueError(message)) == ops


@pytest.mark.parametrize(
    ("op", "todo"), [("TensorListReserve", "--batch"), ("SaveV2", "tf2kit.tflite.training"), ("Svd", "--select-ops")]
)
def test_what_to_do_depends_on_the_op(op, todo):
    error = refusals.refused([op])
    assert op in str(error)
    assert error.op == op
    assert todo in error.todo


def test_other_failures_keep_their_first_line():
    assert "gave up: Bad input" in str(refusals.refused([], ValueError("\nBad input\nand forty more lines")))


@pytest.fixture
def inverse(tmp_path):
    import tensorflow as tf

    class Module(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([3, 3], tf.float32, "x")])
        def run(self, x):
            return {"y": tf.linalg.inv(x)}

    module = Module()
    tf.saved_model.save(module, str(tmp_path / "saved"), signatures={"serving_default": module.run})
    return str(tmp_path / "saved")


@pytest.mark.slow
def test_an_op_that_only_tensorflow_has_is_refused_by_name(inverse, tmp_path):
    with pytest.raises(ExportError) as error:
        make(inverse, tmp_path / "m.tflite")
    assert error.value.op == "MatrixInverse"
    assert not (tmp_path / "m.tflite").exists()


@pytest.mark.slow
def test_select_ops_are_named_when_they_are_wanted_and_cannot_be_proven(inverse, tmp_path):
    made = make(inverse, tmp_path / "m.tflite", {"select_ops": True})
    assert any("needs MatrixInverse of TensorFlow" in note for note in made.info["notes"])
    with pytest.raises(ExportError, match="does not have MatrixInverse") as error:
        made.error()
    assert "--no-check" in error.value.todo
