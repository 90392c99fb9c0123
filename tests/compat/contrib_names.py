"""Every public name of tf.contrib in TensorFlow 1.15, parts that are gone included. Runs on Python 3.7 as well."""

import importlib
import os
import types

from tests.compat import names

_GENERIC = "is not in this version of tf2kit"
# parts of packages that are neither private (``python``, ``ops``) nor listed by the package itself
_SUB_PACKAGES = ("api", "estimator_batch", "plugins", "projector", "proto", "training", "utils")


def walk(contrib):
    """Public names by path below tf.contrib, packages that ``import tensorflow.contrib`` does not load included."""
    found = {}
    folder = os.path.dirname(os.path.dirname(contrib.rnn.__file__))  # tf.contrib itself is a lazy stand-in
    for package in sorted(os.listdir(folder)):
        if os.path.exists(os.path.join(folder, package, "__init__.py")):
            try:
                module = importlib.import_module("tensorflow.contrib." + package)
            except Exception as error:
                print("not importable on 1.15 for CPUs:", package, error)
            else:
                _collect(getattr(contrib, package, module), package, found)
    return found


def _collect(module, path, found):
    if "contrib" not in module.__name__:
        return
    sealed = _sealed(module)
    members = {n: getattr(module, n, None) for n in dir(module) if not n.startswith("_")}
    modules = {n: m for n, m in members.items() if isinstance(m, types.ModuleType)}
    meant = members if sealed else names.public(module)
    found[path] = sorted(n for n in meant if n not in modules and type(members[n]).__name__ != "_Feature")
    for name, child in sorted(modules.items()):
        inner = "." in path and ".python." in module.__name__
        if not inner and name not in ("python", "ops") and (sealed or name in names.MODULES or name in _SUB_PACKAGES):
            _collect(child, path + "." + name, found)


def _sealed(module):
    """Whether the module took out all names that are not meant."""
    path = getattr(module, "__file__", None)
    if path is None or not path.endswith(".py"):
        return False
    with open(path) as f:
        return "remove_undocumented(" in f.read()


def unexplained(contrib, theirs):
    """Names of 1.15 that are neither here nor explained by an error of their own."""
    found = []
    for path, members in sorted(theirs.items()):
        module, text = _find(contrib, path)
        if module is None:
            found += [path] if _GENERIC in text else []
            continue
        found += [path + "." + name for name in members if _GENERIC in _find(module, name)[1]]
    return found


def _find(root, path):
    """What is at the path, and the text of the error if nothing is."""
    value = root
    for piece in path.split("."):
        try:
            value = getattr(value, piece)
        except AttributeError as error:
            return None, str(error)
    return value, ""
