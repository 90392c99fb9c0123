"""Parameters of the functions and classes of tf.contrib, with their defaults. Runs on Python 3.7 as well."""

import inspect
import json
import os

TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "migrate", "tables")


def of_115(contrib, names):
    """Those of 1.15, but not what core TensorFlow has, what is gone, Keras, and slim, which is layers again."""
    with open(os.path.join(TABLES, "contrib.json")) as f:
        skipped = set(json.load(f)["names"])
    with open(os.path.join(TABLES, "contrib_homes.json")) as f:
        skipped.update(json.load(f)["gone"], ("tf.contrib.keras", "tf.contrib.slim"))
    found = of(contrib, names)
    return {name: found[name] for name in found if not skipped.intersection(_prefixes("tf.contrib." + name))}


def _prefixes(name):
    pieces = name.split(".")
    return [".".join(pieces[:i]) for i in range(1, len(pieces) + 1)]


def of(contrib, names, ours=None):
    """Name below tf.contrib -> its parameters as text, for names by path; of those only whose module starts with ``ours``."""
    found = {}
    for path, members in sorted(names.items()):
        module = _value(contrib, path)
        for name in members:
            value = getattr(module, name, None)
            if callable(value) and (ours is None or (getattr(value, "__module__", None) or "").startswith(ours)):
                parameters = _parameters(value)
                if parameters is not None:
                    found[path + "." + name] = parameters
    return found


def _value(root, path):
    for piece in path.split("."):
        root = getattr(root, piece, None)
    return root


def _parameters(value):
    """``a b=1 *args``; None where Python cannot tell, or where a decorator hides them."""
    decorator = getattr(value, "_tf_decorator", None)
    target = value.__init__ if inspect.isclass(value) else value if decorator is None else decorator.decorated_target
    try:
        found = inspect.signature(target).parameters.values()
    except (TypeError, ValueError):
        return None
    if [p.name for p in found] == ["args", "kwargs"]:
        return None
    return " ".join(_text(p) for p in found if p.name != "self")


def _text(parameter):
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    if parameter.default is parameter.empty:
        return stars or parameter.name
    return parameter.name + "=" + _default(parameter.default)


def _default(value):
    """Functions by their names, types of TensorFlow by theirs, other objects by their classes."""
    name = getattr(value, "__name__", None) or getattr(value, "name", None)
    if isinstance(name, str):
        return name.lstrip("_")
    text = repr(value)
    return type(value).__name__ if " object at 0x" in text else text
