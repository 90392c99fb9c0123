"""First and last values of variables: recorded, replaced by the reference's, or moved a little.

Roles: "weight" (trained), "optimizer" (made by an optimizer: slots, powers of beta, its step counter), "state" (any other).
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from . import arrays
from .frames import made_by_optimizer
from .imports import Watcher
from .recorder import Recorder
from .reference import Entry, Reference

_MARK = "_tf2kit_made_by_optimizer"


class Weights:
    """What becomes of the variables of one run.

    Args:
      recorder: where values are written.
      reference: the run whose initial weights this one starts from; None to start from its own.
      perturb: relative standard deviation by which trained weights are moved after they are initialised.
      seed: of that movement.
    """

    def __init__(self, recorder: Recorder, reference: Reference | None, perturb: float = 0.0, seed: int = 0) -> None:
        self._recorder, self._reference = recorder, reference
        self._perturb = perturb
        self._random = np.random.RandomState(seed)
        self._eager: list[Any] = []
        self._making = False

    def install(self, watcher: Watcher) -> None:
        """Watch variables being made: by optimizers, while their code is on the stack; eager ones have their first value at once."""
        for module, cls in (
            ("resource_variable_ops", "BaseResourceVariable"),
            ("resource_variable_ops", "ResourceVariable"),
            ("variables", "RefVariable"),
            ("ref_variable", "RefVariable"),
        ):
            watcher.after("tensorflow.python.ops." + module, functools.partial(self._watch, cls))

    def _watch(self, name: str, module: Any) -> None:
        cls = getattr(module, name, None)
        if cls is None:
            return
        start = cls.__init__

        @functools.wraps(start)
        def watched(variable: Any, *args: Any, **kwargs: Any) -> None:
            if type(variable).__name__ == "_UnreadVariable" or self._making:
                start(variable, *args, **kwargs)
                return
            self._making = True
            try:
                by_optimizer = made_by_optimizer()
                start(variable, *args, **kwargs)
                variable.__dict__[_MARK] = by_optimizer
            finally:
                self._making = False
            self._recorder.safely(self.made, variable)

        cls.__init__ = watched

    def made(self, variable: Any) -> None:
        """Take a new eager variable in, if it has a value by now; a variable of a graph gets its first value in a session."""
        if variable.name is None or not _eager(variable):
            return
        self._eager.append(variable)
        self.started(variable)

    def started_in_function(self, variable: Any) -> None:
        """Take in a variable that a tf.function made, once it has its first value."""
        self._eager.append(variable)
        self.started(variable)

    def started(self, variable: Any) -> None:
        """Record the first value of an eager variable, and replace it."""
        array = arrays.numeric(variable)
        if array is None or self._recorder.finished:
            return
        with self._recorder.inside():
            wanted = self.first_value(variable, array, 0)
            if wanted is not None:
                variable.assign(wanted)

    def finish(self) -> None:
        """Record the last values of eager variables."""
        for variable in self._eager:
            array = arrays.numeric(variable)
            if array is not None:
                self.last_value(variable, array)

    def role(self, variable: Any) -> str:
        """The role of a variable."""
        if vars(variable).get(_MARK):
            return "optimizer"
        return "weight" if getattr(variable, "trainable", False) else "state"

    def first_value(self, variable: Any, array: Any, group: int) -> Any | None:
        """Record a first value; returns the value that the variable shall have instead, or None."""
        role = self.role(variable)
        row: dict[str, Any] = {"group": group, "name": variable.name, "role": role, "value": self._recorder.keep(array)}
        entry = self._counterpart(variable, role, array, group)
        wanted = None
        if entry is not None:
            wanted = self._instead(entry, array)
            row.update(got=entry.name, matched=entry.matched, injected=wanted is not None)
        if self._perturb and role == "weight" and array.dtype.kind == "f":
            noise = 1 + self._perturb * self._random.standard_normal(array.shape)
            wanted = (array * noise).astype(array.dtype)
        self._recorder.write("initial", **row)
        return wanted

    def _counterpart(self, variable: Any, role: str, array: Any, group: int) -> Entry | None:
        """The reference's value; not for what optimizers make, nor for counters and rates: taking those over would hide their faults."""
        if self._reference is None or role == "optimizer":
            return None
        if role == "state" and not (array.dtype.kind == "f" and array.size > 1):
            return None
        return self._reference.find(variable.name, role, array, group)

    def _instead(self, entry: Entry, array: Any) -> Any | None:
        """The reference's value where it is known and another one."""
        value = entry.load()
        if value is None or np.array_equal(value, array):
            return None
        return value.astype(array.dtype)

    def complete(self, group: int) -> None:
        """All variables of an initialisation have been recorded."""
        self._recorder.write("group", n=group)

    def last_value(self, variable: Any, array: Any) -> None:
        """Record the value that a variable has at the end."""
        self._recorder.write("final", name=variable.name, role=self.role(variable), value=arrays.encode(array))


def _eager(variable: Any) -> bool:
    return hasattr(variable, "numpy") and not getattr(variable, "_in_graph_mode", True)
