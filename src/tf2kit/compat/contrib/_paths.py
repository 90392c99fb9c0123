"""The old private paths of tf.contrib (``layers.python.layers.initializers``, …) as modules; errors for the rest say what to use instead.

Programs import from private paths as often as from public ones. A path in `PATHS` becomes a module with the names of the module
that has the functions now; a path that is nowhere raises a ModuleNotFoundError with the replacement in its text.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Callable, Sequence
from typing import Any

from . import _core, _learn_paths

_ROOT = __name__.rpartition(".")[0]
_SLIM = ("evaluation", "learning", "model_analyzer", "queues", "summaries")
_SLIM_DATA = (
    "data_decoder",
    "data_provider",
    "dataset",
    "dataset_data_provider",
    "parallel_reader",
    "prefetch_queue",
    "tfexample_decoder",
)
_LAYERS = (
    "initializers",
    "layers",
    "normalization",
    "optimizers",
    "regularizers",
    "rev_block_lib",
    "summaries",
    "utils",
)
_INCEPTION = ("inception", "inception_v1", "inception_v2", "inception_v3")
_SEQ2SEQ = ("attention_wrapper", "basic_decoder", "beam_search_decoder", "decoder", "helper", "loss")
_NETS = ("alexnet", *_INCEPTION, "overfeat", "resnet_utils", "resnet_v1", "resnet_v2", "vgg")
_OPT = {
    "adam_gs_optimizer": "adam_gs",
    "adamax": "adam_variants",
    "addsign": "sign",
    "agn_optimizer": "agn",
    "drop_stale_gradient_optimizer": "drop_stale",
    "elastic_average_optimizer": "elastic_average",
    "external_optimizer": "external",
    "ggt": "ggt",
    "lars_optimizer": "lars",
    "lazy_adam_gs_optimizer": "adam_gs",
    "lazy_adam_optimizer": "lazy_adam",
    "matrix_functions": "matrix_functions",
    "model_average_optimizer": "model_average",
    "moving_average_optimizer": "moving_average",
    "multitask_optimizer_wrapper": "multitask",
    "nadam_optimizer": "adam_variants",
    "powersign": "sign",
    "reg_adagrad_optimizer": "reg_adagrad",
    "shampoo": "shampoo",
    "sign_decay": "sign_decay",
    "variable_clipping_optimizer": "variable_clipping",
    "weight_decay_optimizers": "weight_decay",
}

# path below tf.contrib -> the module that has its names; a leading dot means a module of this package
PATHS: dict[str, str] = {
    "checkpoint.python.containers": ".checkpoint.containers",
    "checkpoint.python.python_state": ".checkpoint.python_state",
    "checkpoint.python.split_dependency": ".checkpoint.split_dependency",
    "checkpoint.python.visualize": ".checkpoint.visualize",
    "copy_graph.python.util.copy_elements": ".copy_graph.copy_elements",
    "crf.python.ops": ".crf",
    "crf.python.ops.crf": ".crf",
    "cudnn_rnn.python.ops.cudnn_rnn_ops": ".cudnn_rnn",
    "data.python.ops": ".data",
    "distribute.python.collective_all_reduce_strategy": ".distribute.strategies",
    "distribute.python.mirrored_strategy": ".distribute.strategies",
    "distribute.python.monitor": ".distribute.monitor",
    "distribute.python.parameter_server_strategy": ".distribute.strategies",
    "eager.python.datasets": ".eager.iterator",
    "eager.python.metrics": ".eager.metrics",
    "eager.python.metrics_impl": ".eager.metrics",
    "eager.python.network": ".eager",
    "eager.python.saver": ".eager.saver",
    "eager.python.tfe": ".eager",
    "factorization.python.ops.clustering_ops": ".factorization.clustering",
    "factorization.python.ops.gmm_ops": ".factorization.gmm",
    "factorization.python.ops.kmeans": ".factorization.kmeans",
    "framework.python.framework": ".framework",
    "framework.python.framework.checkpoint_utils": ".framework.checkpoint_utils",
    "framework.python.framework.tensor_util": ".framework.tensor_util",
    "framework.python.ops": ".framework",
    "framework.python.ops.arg_scope": "tf_slim.ops.arg_scope",
    "framework.python.ops.variables": "tf_slim.ops.variables",
    "image.python.ops.dense_image_warp": ".image.warps",
    "image.python.ops.distort_image_ops": ".image.color",
    "image.python.ops.image_ops": ".image",
    "image.python.ops.interpolate_spline": ".image.spline",
    "image.python.ops.sparse_image_warp": ".image.warps",
    "integrate.python.ops.odes": ".integrate",
    "kernel_methods.python.losses": ".kernel_methods.losses",
    "kernel_methods.python.mappers.dense_kernel_mapper": ".kernel_methods.mappers",
    "kernel_methods.python.mappers.random_fourier_features": ".kernel_methods.mappers",
    "layers.python.layers": ".layers",
    "layers.python.layers.embedding_ops": ".layers.embedding_ops",
    "layers.python.layers.encoders": ".layers.encoders",
    "layers.python.ops.sparse_ops": "tf_slim.layers.sparse_ops",
    "legacy_seq2seq.python.ops": ".legacy_seq2seq",
    "legacy_seq2seq.python.ops.seq2seq": ".legacy_seq2seq",
    "losses.python.losses": ".losses",
    "losses.python.losses.loss_ops": "tf_slim.losses.loss_ops",
    "losses.python.metric_learning": "tf_slim.losses.metric_learning",
    "metrics.python.metrics.classification": "tf_slim.metrics.classification",
    "metrics.python.ops.metric_ops": "tf_slim.metrics.metric_ops",
    "nn.python.ops.alpha_dropout": ".nn.activations",
    "nn.python.ops.cross_entropy": ".nn.cross_entropy",
    "nn.python.ops.fwd_gradients": ".nn.fwd_gradients",
    "nn.python.ops.sampling_ops": ".nn.sampling_ops",
    "nn.python.ops.scaled_softplus": ".nn.activations",
    "tensorboard.plugins.projector.projector_config_pb2": ".tensorboard.plugins.projector.config",
    "testing.python.framework.fake_summary_writer": ".testing.fake_summary_writer",
    "testing.python.framework.util_test": ".testing.summaries",
    **{f"opt.python.training.{old}": f".opt.{new}" for old, new in _OPT.items()},
    "resampler.python.ops.resampler_ops": ".resampler.resampler_ops",
    "rnn.python.ops.core_rnn_cell": ".rnn.projections",
    "rnn.python.ops.fused_rnn_cell": ".rnn.fused",
    "rnn.python.ops.gru_ops": ".rnn.block_cells",
    "rnn.python.ops.lstm_ops": ".rnn.block_cells",
    "rnn.python.ops.rnn": ".rnn.stacked",
    "rnn.python.ops.rnn_cell": ".rnn.rnn_cell",
    "seq2seq.python.ops": ".seq2seq",
    "seq2seq.python.ops.beam_search_ops": ".seq2seq.tree",
    "sparsemax.python.ops.sparsemax": ".sparsemax",
    "sparsemax.python.ops.sparsemax_loss": ".sparsemax",
    "summary.summary": ".summary",
    "training.python.training.bucket_ops": ".training.bucket_ops",
    "training.python.training.device_setter": ".training.device_setter",
    "training.python.training.evaluation": "tf_slim.training.evaluation",
    "training.python.training.hparam": ".training.hparam",
    "training.python.training.resample": ".training.resample",
    "training.python.training.sampling_ops": ".training.sampling_ops",
    "training.python.training.sequence_queueing_state_saver": ".training",
    "training.python.training.training": "tf_slim.training.training",
    "slim.nets": "tf_slim.nets",
    **_learn_paths.PATHS,
    **{f"layers.python.layers.{m}": f"tf_slim.layers.{m}" for m in _LAYERS},
    **{f"seq2seq.python.ops.{m}": f".seq2seq.{m}" for m in _SEQ2SEQ},
    **{f"slim.python.slim.{m}": f"tf_slim.{m}" for m in _SLIM},
    **{f"slim.python.slim.data.{m}": f"tf_slim.data.{m}" for m in _SLIM_DATA},
    **{f"slim.python.slim.nets.{m}": f"tf_slim.nets.{m}" for m in _NETS},
}


class NotOfferedError(ModuleNotFoundError):
    """A part of tf.contrib that tf2kit.compat does not have; the text names the replacement."""


def attributes(package: str, source: types.ModuleType | None = None) -> Callable[[str], Any]:
    """The module-level ``__getattr__`` of a package of tf.contrib: loads submodules, explains what is missing.

    A module that stands for ``source`` has its names too, even those that ``source`` makes when they are asked for.
    """

    def module_getattr(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        try:
            if not hasattr(sys.modules[package], "__path__"):
                raise NotOfferedError(explain(f"{package}.{name}".removeprefix(_ROOT + ".")))
            return importlib.import_module(f"{package}.{name}")
        except NotOfferedError as missing:
            core = _core.member(package.removeprefix(_ROOT).removeprefix("."), name)
            if core is not None:
                return core
            if source is not None and hasattr(source, name):
                return getattr(source, name)
            raise AttributeError(str(missing)) from None

    return module_getattr


def explain(name: str) -> str:
    """Why ``tf.contrib.<name>`` is missing and what to use; the hints are those of the migrator's rule CTB203."""
    hints: dict[str, str] = _core.table("contrib_homes.json")["gone"]
    full = f"tf.contrib.{name}"
    part = full
    while part != "tf.contrib":
        if part in hints:
            return f"{full} is gone and not part of tf2kit.compat. {hints[part]}"
        part = part.rpartition(".")[0]
    return f"{full} is not in this version of tf2kit. `tf2kit explain CTB204` says what to do."


def install() -> None:
    """Make `PATHS` importable; asked last, so that files of this package come first."""
    if not any(isinstance(f, _Finder) for f in sys.meta_path):
        sys.meta_path.append(_Finder())


def _own_module(fullname: str) -> str | None:
    """The full name of the module that a package has under another name: ``slim.metrics`` is ``contrib.metrics``."""
    package, _, last = fullname.rpartition(".")
    names = vars(sys.modules[package]) if package in sys.modules else {}
    if last in names.get("_MODULES", ()):  # loaded when they are used
        return f"{package}.{names['_MODULES'][last]}"
    return names[last].__name__ if isinstance(names.get(last), types.ModuleType) else None


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,  # noqa: ARG002
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith(_ROOT + "."):
            return None
        name = fullname.removeprefix(_ROOT + ".")
        if name in PATHS or any(p.startswith(name + ".") for p in PATHS):
            return importlib.machinery.ModuleSpec(fullname, _Loader(PATHS.get(name)), is_package=True)
        own = _own_module(fullname)
        if own not in (None, fullname):
            return importlib.machinery.ModuleSpec(fullname, _Loader(own), is_package=True)
        if _core.is_package(name):
            return importlib.machinery.ModuleSpec(fullname, _CoreLoader(name), is_package=True)
        raise NotOfferedError(explain(name))


class _Loader(importlib.abc.Loader):
    """Fills a module with the names of another one; without one it is a plain package on the way to its children."""

    def __init__(self, source: str | None) -> None:
        self._source = source

    def exec_module(self, module: types.ModuleType) -> None:
        if self._source is None:
            module.__dict__["__getattr__"] = attributes(module.__name__)
            return
        importlib.import_module(".._tf_slim", _ROOT).repair()
        source = importlib.import_module(self._source, _ROOT)
        module.__doc__ = source.__doc__
        # private names such as `_linear` come along; child paths load at their use, and anything else is an explained error
        path = module.__name__.removeprefix(_ROOT + ".")
        names = {k: v for k, v in vars(source).items() if not k.startswith("__") and f"{path}.{k}" not in PATHS}
        module.__dict__.update(names)
        module.__dict__["__getattr__"] = attributes(module.__name__, source)
        module.__dict__["__dir__"] = lambda: sorted({*module.__dict__, *dir(source)})


class _CoreLoader(importlib.abc.Loader):
    """Fills a module with core objects only; what else it had on 1.15 is an explained error."""

    def __init__(self, path: str) -> None:
        self._path = path

    def exec_module(self, module: types.ModuleType) -> None:
        module.__dict__.update(_core.members(self._path))
        module.__dict__["__getattr__"] = attributes(module.__name__)
