"""Which line of the user's own code a call comes from."""

from __future__ import annotations

import os
import sys
import sysconfig
from types import FrameType
from typing import Tuple

_HERE = os.path.dirname(os.path.abspath(__file__))
_STANDARD = tuple(
    os.path.join(os.path.realpath(p), "") for p in {sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")} if p
)
_SITES = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep)
# what only hands a call on: Tensor.eval, Operation.run, decorators
_THIN = {"ops.py", "tensor.py", "session.py", "variables.py", "ref_variable.py", "resource_variable_ops.py"}
_THIN |= {"deprecation.py", "traceback_utils.py", "tf_decorator.py", "tf_contextlib.py", "dispatch.py", "test_util.py"}
_OPTIMIZERS = ("/optimizers/", "/optimizer_v2/", "/training/slot_creator.py", "/training/optimizer.py")
_TENSORFLOW = (os.sep + "tensorflow" + os.sep, os.sep + "tensorflow_core" + os.sep)
# training loops of libraries whose runs are the user's steps
_LOOPS = (
    "tf_slim/learning.py",
    "tf_slim/evaluation.py",
    "slim/python/slim/learning.py",
    "training/python/training/evaluation.py",
)
_INITIALIZERS = ("keras/src/initializers/", "ops/init_ops", "keras/initializers/")
Place = Tuple[str, int]
_kinds: dict[str, str] = {}


def kind_of(path: str) -> str:
    """What a source file is.

    "own" (the user's), "standard" (Python's library), "tensorflow", "thin" (of TensorFlow, only hands calls on), "loop" (a training loop
    of a library), "library" (any other), or "ours".
    """
    found = _kinds.get(path)
    if found is None:
        found = _kinds[path] = _classify(path)
    return found


def _classify(path: str) -> str:
    if path.startswith("<") and not path.startswith("<string"):
        return "standard"  # <frozen importlib...>, <__array_function__ internals>
    real = os.path.realpath(path)
    if real.startswith(_HERE):
        return "ours"
    if real.replace(os.sep, "/").endswith(_LOOPS):
        return "loop"
    if any(site in real for site in _SITES):
        if any(part in real for part in _TENSORFLOW):
            return "thin" if os.path.basename(real) in _THIN else "tensorflow"
        return "library"
    if real.startswith(_STANDARD):
        return "standard"
    return "library" if _of_tf2kit(real) else "own"


def _of_tf2kit(path: str) -> bool:
    """Whether a file is tf2kit's, which may be installed from its working tree."""
    package = sys.modules.get("tf2kit")
    homes = [os.path.realpath(p) for p in getattr(package, "__path__", [])]
    rooms = sys.modules.get("tf2kit.migrate")
    homes += [os.path.realpath(p) for p in getattr(rooms, "__path__", [])]
    return any(path.startswith(os.path.join(home, "")) for home in homes)


def own_place(skip: tuple[str, ...], depth: int = 2) -> tuple[Place | None, str]:
    """The innermost line of the user's code, and the kind of the first frame that is not in ``skip`` ("none" without any).

    Args:
      skip: kinds of frames that may stand between the user and the call.
      depth: how many frames of the caller to leave out.
    """
    frame: FrameType | None = sys._getframe(depth)
    first = ""
    while frame is not None:
        kind = kind_of(frame.f_code.co_filename)
        if not first and kind not in skip:
            first = kind
        if kind == "own":
            return (frame.f_code.co_filename, frame.f_lineno), first
        frame = frame.f_back
    return None, first or "none"


def made_by_optimizer() -> bool:
    """Whether a frame of the caller belongs to an optimizer of TensorFlow or Keras, or to its maker of slots."""
    return called_from(_OPTIMIZERS)


def made_by_initializer() -> bool:
    """Whether a frame of the caller belongs to an initializer of TensorFlow or Keras."""
    return called_from(_INITIALIZERS, ("library", "tensorflow", "thin"))


def called_from(parts: tuple[str, ...], kinds: tuple[str, ...] = ("library", "tensorflow")) -> bool:
    """Whether a frame of the caller is in a file of these kinds whose path has one of these parts."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        path = frame.f_code.co_filename.replace(os.sep, "/")
        if any(part in path for part in parts) and kind_of(path) in kinds:
            return True
        frame = frame.f_back
    return False
