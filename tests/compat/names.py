"""Public names of the parts of tf.contrib and of its private modules. Runs on Python 3.7 as well."""

import importlib
import types

PARTS = (
    "cluster_resolver",
    "data",
    "eager",
    "framework",
    "framework.nest",
    "layers",
    "learn",
    "learn.preprocessing",
    "losses",
    "losses.metric_learning",
    "metrics",
    "opt",
    "rnn",
    "slim",
    "slim.evaluation",
    "slim.learning",
    "slim.losses",
    "slim.metrics",
    "slim.model_analyzer",
    "slim.queues",
    "slim.summaries",
    "staging",
    "training",
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
        if name.startswith("_") or value is None:
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


def part(contrib, path):
    module = contrib
    for piece in path.split("."):
        module = getattr(module, piece)
    return module


def by_part(contrib):
    return {path: public(part(contrib, path)) for path in PARTS}


def by_path(contrib_name, paths):
    return {path: public(importlib.import_module(contrib_name + "." + path)) for path in sorted(paths)}


def offered(theirs, ours):
    """The names of 1.15 that are here: a whole module as its path, others one by one; ``contrib.`` before each."""
    found = set()
    for path, names in theirs.items():
        here = [name for name in names if name in ours[path]]
        if names and len(here) == len(names):
            found.add("contrib." + path)
        else:
            found.update("contrib.%s.%s" % (path, name) for name in here)
    return found
