"""What is written: fused ops, quantised weights in shards, typings; and what is refused, with the ops that are missing."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf
from tf2kit.tfjs import TARGET, convert, nodejs, run, weights
from tf2kit.tfjs.rules import RULES

from tests.tfjs import kit
from tf2kit.export import ExportError, lower, samples
from tf2kit.export.errors import RuntimeMissingError
from tf2kit.export.lower import LoweringError
from tf2kit.export.sources import Request, load

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tfjs")]

VECTOR = np.linspace(-1, 1, 6, dtype=np.float32).reshape(2, 3)


@pytest.fixture(scope="module")
def mobilenet(zoo: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], kit.Written]:
    """MobileNetV2 with weights as asked for; it is loaded and traced once."""
    folder = tmp_path_factory.mktemp("mobilenet")
    loaded = load(kit.request("mobilenetv2", zoo), folder)
    main = loaded.exportable.main
    given = samples.draw(main, 2)
    expected = loaded.calls[main.name](given)
    function = tf.saved_model.load(str(loaded.exportable.saved_model)).signatures[main.name]
    frozen = lower.freeze(function, RULES)

    @functools.cache
    def written(quantize: str) -> kit.Written:
        out = folder / (quantize or "float32")
        out.mkdir()
        info = convert.write(frozen, out, weights.Weights(weights.parse(quantize)))
        return kit.Written(out, info, main, given, expected)

    return written


def test_all_normalizations_of_a_convolutional_network_end_up_in_weights(mobilenet: Callable[..., kit.Written]) -> None:
    ops = mobilenet("").info["ops"]
    assert not ops.keys() & {"Mul", "BiasAdd", "FusedBatchNormV3", "Relu6", "DepthwiseConv2dNative", "MatMul"}
    # where a block is added to what it got, Grappler has moved the offset behind the sum
    assert ops["_FusedConv2D"] >= 25
    assert ops["_FusedConv2D"] + ops.get("Conv2D", 0) == 35
    assert ops["FusedDepthwiseConv2dNative"] == 17


def test_a_recurrent_network_of_known_length_has_no_loop(zoo: Callable[[str], str], tmp_path: Path) -> None:
    info = kit.write(Request(zoo("lstm")), tmp_path).info
    assert not info["asynchronous"]
    assert not [op for op in info["ops"] if op.startswith(("TensorList", "While", "StatelessWhile"))]


def test_a_loop_longer_than_allowed_stays_one_and_says_the_same(zoo: Callable[[str], str], tmp_path: Path) -> None:
    kit.need_node()
    model = kit.write(Request(zoo("gru")), tmp_path, unroll=3)
    assert model.info["asynchronous"] == ["StatelessWhile"]
    assert "executeAsync" in model.info["notes"][0]
    assert model.worst(run.in_node(model.folder, model.signature, model.given).outputs) <= 1e-5


@pytest.mark.parametrize(("kind", "share"), [("float16", 0.5), ("uint16", 0.5), ("uint8", 0.25)])
def test_quantised_weights_are_smaller_and_within_the_tolerance(
    kind: str, share: float, mobilenet: Callable[..., kit.Written]
) -> None:
    kit.need_node()
    whole, small = mobilenet(""), mobilenet(kind)
    sizes = [sum(path.stat().st_size for path in model.folder.glob("*.bin")) for model in (whole, small)]
    assert sizes[1] / sizes[0] == pytest.approx(share, abs=0.02)
    error = small.worst(run.in_node(small.folder, small.signature, small.given, 0, "wasm").outputs)
    assert 1e-7 < error <= TARGET.tolerance({"quantize": kind})


def test_patterns_choose_the_quantisation_of_each_weight() -> None:
    store = weights.Weights(weights.parse("dense/*=uint8,*=float16"))
    values = np.linspace(-1, 3, 100, dtype=np.float32)
    for name in ("dense/kernel", "conv/kernel"):
        store.add(name, values)
    store.add("dense/axis", np.array([1, 2], np.int64))
    kinds = [spec.get("quantization", {}).get("dtype") for spec in store.manifest]
    assert kinds == ["uint8", "float16", None]
    grid = store.manifest[0]["quantization"]
    assert (0 - grid["min"]) / grid["scale"] == pytest.approx(round((0 - grid["min"]) / grid["scale"])), (
        "zero stays zero"
    )


def test_an_unknown_quantisation_is_a_mistake_of_the_call() -> None:
    with pytest.raises(ExportError, match='"int4" is no quantisation') as caught:
        weights.parse("int4")
    assert caught.value.usage


def test_large_weights_lie_in_shards_of_four_megabytes(tmp_path: Path) -> None:
    store = weights.Weights()
    store.add("w", np.zeros(3_000_000, np.float32))
    names = store.write(tmp_path)
    assert names == [f"group1-shard{i}of3.bin" for i in (1, 2, 3)]
    assert [(tmp_path / name).stat().st_size for name in names] == [4 << 20, 4 << 20, 12_000_000 - (8 << 20)]


def test_an_integer_beyond_32_bits_is_refused_but_the_end_of_a_slice_is_not() -> None:
    store = weights.Weights()
    store.add("end", np.array([2**63 - 1]))
    with pytest.raises(LoweringError, match="hash holds 5000000000"):
        store.add("hash", np.array([5_000_000_000]))


def test_every_op_that_tfjs_lacks_is_named_with_its_node(tmp_path: Path) -> None:
    def function(x: tf.Tensor) -> dict[str, tf.Tensor]:
        return {"y": tf.math.lgamma(x, name="gamma") + tf.math.digamma(x, name="psi")}

    with pytest.raises(LoweringError, match=r"no Digamma \(.*psi\), Lgamma \(.*gamma\)"):
        kit.write_function(function, {"x": VECTOR}, tmp_path)
    assert not list((tmp_path / "web").glob("*")), "nothing is left"


def test_a_regular_expression_that_tfjs_would_change_is_refused(tmp_path: Path) -> None:
    words = np.array([[b"a"]], object)
    with pytest.raises(LoweringError, match="lower case"):
        kit.write_function(lambda x: {"y": tf.strings.regex_replace(x, "a", "A")}, {"x": words}, tmp_path)


def test_typings_and_the_snippet_name_inputs_and_outputs(zoo: Callable[[str], str], tmp_path: Path) -> None:
    model = kit.write(Request(zoo("tabular_strings")), tmp_path)
    typings, usage = ((model.folder / name).read_text() for name in ("model.d.ts", "usage.mjs"))
    for name in [*model.signature.inputs, *model.signature.outputs]:
        assert f"{json.dumps(name)}: Tensor;" in typings
        assert json.dumps(name) in usage
    assert "await model.executeAsync(" in usage
    assert "string" in typings


def test_without_node_or_its_packages_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TF2KIT_NODE", str(tmp_path))
    with pytest.raises(RuntimeMissingError) as caught:
        nodejs.packages()
    assert caught.value.sentence().endswith("Run: python -m tf2kit.tfjs.nodejs")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RuntimeMissingError, match="no node on the path"):
        nodejs.node()
    TARGET.needs(False)
