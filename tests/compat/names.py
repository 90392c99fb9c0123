"""Public names of the parts of TensorFlow 1.15 that tf2kit.compat has, and of private modules. Runs on Python 3.7 as well."""

import importlib
import types

PARTS = (
    "contrib.autograph",
    "contrib.checkpoint",
    "contrib.cluster_resolver",
    "contrib.copy_graph",
    "contrib.crf",
    "contrib.cudnn_rnn",
    "contrib.data",
    "contrib.deprecated",
    "contrib.distribute",
    "contrib.distributions",
    "contrib.eager",
    "contrib.eager.metrics",
    "contrib.estimator",
    "contrib.factorization",
    "contrib.framework",
    "contrib.framework.nest",
    "contrib.image",
    "contrib.integrate",
    "contrib.kernel_methods",
    "contrib.layers",
    "contrib.layers.feature_column",
    "contrib.learn",
    "contrib.learn.datasets",
    "contrib.learn.graph_actions",
    "contrib.learn.head",
    "contrib.learn.io",
    "contrib.learn.learn_runner",
    "contrib.learn.models",
    "contrib.learn.monitors",
    "contrib.learn.ops",
    "contrib.learn.preprocessing",
    "contrib.learn.utils",
    "contrib.legacy_seq2seq",
    "contrib.lookup",
    "contrib.losses",
    "contrib.losses.metric_learning",
    "contrib.metrics",
    "contrib.nn",
    "contrib.opt",
    "contrib.predictor",
    "contrib.resampler",
    "contrib.rnn",
    "contrib.seq2seq",
    "contrib.signal",
    "contrib.slim",
    "contrib.slim.evaluation",
    "contrib.slim.learning",
    "contrib.slim.losses",
    "contrib.slim.metrics",
    "contrib.slim.model_analyzer",
    "contrib.slim.queues",
    "contrib.slim.summaries",
    "contrib.slim.utils",
    "contrib.sparsemax",
    "contrib.staging",
    "contrib.summary",
    "contrib.tensorboard.plugins.projector",
    "contrib.testing",
    "contrib.tfprof.model_analyzer",
    "contrib.tfprof.tfprof_logger",
    "contrib.tpu",
    "contrib.training",
    "contrib.util",
    "contrib.util.loader",
    "estimator",
    "estimator.experimental",
    "estimator.export",
    "estimator.inputs",
    "estimator.tpu",
    "estimator.tpu.experimental",
    "keras.estimator",
)

# private modules of Estimators, below ``tensorflow_estimator.python.estimator``
ESTIMATORS = (
    "canned.baseline",
    "canned.dnn",
    "canned.dnn_linear_combined",
    "canned.head",
    "canned.kmeans",
    "canned.linear",
    "canned.metric_keys",
    "canned.optimizers",
    "canned.parsing_utils",
    "canned.prediction_keys",
    "canned.rnn",
    "early_stopping",
    "estimator",
    "estimator_lib",
    "export.export",
    "export.export_lib",
    "export.export_output",
    "exporter",
    "extenders",
    "gc",
    "head.base_head",
    "head.binary_class_head",
    "head.multi_class_head",
    "head.multi_head",
    "head.multi_label_head",
    "head.regression_head",
    "hooks.basic_session_run_hooks",
    "hooks.hooks",
    "hooks.session_run_hook",
    "inputs.inputs",
    "inputs.numpy_io",
    "inputs.pandas_io",
    "inputs.queues.feeding_functions",
    "inputs.queues.feeding_queue_runner",
    "keras",
    "mode_keys",
    "model_fn",
    "run_config",
    "tpu.tpu_config",
    "tpu.tpu_context",
    "tpu.tpu_estimator",
    "training",
    "util",
)

# modules that are meant as names of a part; the others were imported for its own use
MODULES = (
    "alexnet",
    "data_decoder",
    "data_provider",
    "dataset",
    "dataset_data_provider",
    "datasets",
    "evaluation",
    "feature_column",
    "inception",
    "initializers",
    "layers",
    "learning",
    "losses",
    "metric_learning",
    "metrics",
    "model_analyzer",
    "nest",
    "overfeat",
    "parallel_reader",
    "prefetch_queue",
    "preprocessing",
    "queues",
    "regularizers",
    "resnet_utils",
    "resnet_v1",
    "resnet_v2",
    "summaries",
    "tfexample_decoder",
    "vgg",
)


def public(module):
    """What ``__all__`` says, or what does not start with an underscore; modules count only if they are meant."""
    listed = getattr(module, "__all__", None) or dir(module)
    private = ".python." in module.__name__
    found = []
    for name in listed:
        value = getattr(module, name, None)
        if name.startswith("_") or name == "estimator_export" or value is None:
            continue
        if isinstance(value, types.ModuleType) and (private or name not in MODULES):
            continue
        if type(value).__name__ == "_Feature" or (private and _foreign(value, module)):
            continue
        found.append(name)
    return sorted(set(found))


def _foreign(value, module):
    """Imported into a private module for its own use."""
    home = getattr(value, "__module__", None)
    return (
        home is not None
        and not hasattr(module, "__all__")
        and module.__name__.count(".") > 4
        and home != module.__name__
    )


def own(module):
    """Classes and functions of Estimators or TensorFlow in a private module of Estimators, those with an underscore too."""
    found = []
    for name, value in vars(module).items():
        home = getattr(value, "__module__", None) or ""
        if home.startswith("tensorflow") and not name.startswith("__") and name != "estimator_export":
            found.append(name)
    return sorted(found)


def part(root, path):
    """The module at a dotted path below ``tf`` or tf2kit.compat."""
    module = root
    for piece in path.split("."):
        if not hasattr(module, piece):
            importlib.import_module(module.__name__ + "." + piece)
        module = getattr(module, piece)
    return module


def theirs(tf, paths):
    """Public names of 1.15 by path: of all parts, and of the private modules at ``paths`` below tf.contrib."""
    found = {path: public(part(tf, path)) for path in PARTS}
    private = sorted("contrib." + p for p in paths if "contrib." + p not in found)
    found.update({p: public(importlib.import_module("tensorflow." + p)) for p in private})
    package = "python.estimator."
    for path in ESTIMATORS:
        found["estimator." + package + path] = own(importlib.import_module("tensorflow_estimator." + package + path))
    return found


def ours(compat, paths):
    """All names of tf2kit.compat by path, for the same paths."""
    private = ["contrib." + path for path in paths] + ["estimator.python.estimator." + path for path in ESTIMATORS]
    return {p: sorted(dir(part(compat, p))) for p in {*PARTS, *private}}


def offered(theirs, ours):
    """The names of 1.15 that are here: a whole module as its path, others one by one."""
    found = set()
    for path, names in theirs.items():
        here = [name for name in names if name in ours[path]]
        # a private module without names of its own gathers those of others: 1.15 had moved them
        if len(here) == len(names):
            found.add(path)
        else:
            found.update("%s.%s" % (path, name) for name in here)
    return found
