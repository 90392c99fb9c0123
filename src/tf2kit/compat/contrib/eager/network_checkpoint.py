"""Checkpoints of a network, under names that do not depend on the network's own.

Adapted from TensorFlow 1.15, contrib/eager/python/network.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import tensorflow.compat.v1 as tf

from .network import Network

__all__ = ["restore_network_checkpoint", "save_network_checkpoint"]
MapFunc = Callable[[str], str]


def save_network_checkpoint(
    network: Any, save_path: str, global_step: Any = None, map_func: MapFunc | None = None
) -> str:
    """Save the variables of a network.

    Args:
      network: a `Network` that was called.
      save_path: a prefix, or a folder, in which the file has the network's name.
      global_step: appended to the path; ``tf.train.get_global_step()`` if it is None.
      map_func: from a variable's full name to its name in the checkpoint; without it, the network's name is left out.

    Returns:
      The path that `restore_network_checkpoint` takes.

    Raises:
      ValueError: the network has no variables yet, or two of them have one name.
    """
    if not network.built:
        raise ValueError(
            "Attempt to save the Network before it was first called. This means variables have not yet been created, "
            "so there is nothing to save."
        )
    network._set_scope()
    if global_step is None:
        global_step = tf.train.get_global_step()
    variables = _by_name(network, map_func or _without_prefix(network.scope_name))
    session = None if tf.executing_eagerly() else tf.get_default_session()
    saver = tf.train.Saver(variables)
    path = saver.save(session, _path(network, save_path), write_meta_graph=False, global_step=global_step)
    return str(path)


def restore_network_checkpoint(network: Any, save_path: str, map_func: MapFunc | None = None) -> None:
    """Restore the variables that a network has, and others as soon as they are made.

    Args:
      network: a `Network`, called or not.
      save_path: what `save_network_checkpoint` returned, or the folder that it was given.
      map_func: see `save_network_checkpoint`.

    Raises:
      ValueError: two variables would have one name.
    """
    network._finalize_name(False)
    network._set_scope()
    save_path = _path(network, save_path)
    names = map_func or _without_prefix(network.scope_name)
    existing = _by_name(network, names)
    session = None if tf.executing_eagerly() else tf.get_default_session()
    if existing:
        tf.train.Saver(existing).restore(session, save_path)
    reader = tf.train.load_checkpoint(save_path)
    later = {n: reader.get_tensor(n) for n, _ in tf.train.list_variables(save_path) if n not in existing}
    if later:
        _restore_on_create(network, _Later(names, later, session, network.name))


def _path(network: Any, save_path: str) -> str:
    return os.path.join(save_path, network.name.replace("/", "_")) if os.path.isdir(save_path) else save_path


def _without_prefix(scope_name: str) -> MapFunc:
    return lambda name: name.removeprefix(scope_name + "/")


def _by_name(network: Any, names: MapFunc) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable in network.variables:
        name = names(variable._shared_name)
        if found.setdefault(name, variable) is not variable:
            raise _same_name(name, found[name], variable, network.name)
    return found


def _same_name(name: str, first: Any, second: Any, network_name: str) -> ValueError:
    return ValueError(
        f"The variables '{first._shared_name}' and '{second._shared_name}' of the Network '{network_name}' would both be "
        f"'{name}' in the checkpoint. Pass a map_func that strips less, or give layers that come from elsewhere other names."
    )


@dataclass
class _Later:
    """Values for variables that are not made yet; None for those that were given out."""

    names: MapFunc
    values: dict[str, Any]
    session: Any
    network_name: str
    made: dict[str, Any] = field(default_factory=dict)

    def finish(self, name: str, variable: Any) -> None:
        """Note that a variable has its value."""
        if self.values[name] is not None:
            self.values[name] = None
            if not tf.executing_eagerly():
                self.session.run(variable.initializer)
        if self.made.setdefault(name, variable) is not variable:
            raise _same_name(name, self.made[name], variable, self.network_name)


def _custom_getter(restorations: list[_Later]) -> Any:
    def get(
        getter: Any, name: str, shape: Any = None, dtype: Any = None, initializer: Any = None, **kwargs: Any
    ) -> Any:
        # what was restored last counts
        restoration = next((r for r in reversed(restorations) if r.names(name) in r.values), None)
        stored = restoration.names(name) if restoration else ""
        if restoration and restoration.values[stored] is not None:
            initializer, shape = restoration.values[stored], None
        variable = getter(name, shape=shape, dtype=dtype, initializer=initializer, **kwargs)
        if restoration:
            restoration.finish(stored, variable)
        return variable

    return get


def _restore_on_create(layer: Any, restoration: _Later) -> None:
    """Let the scopes of a network and of all its layers know."""
    if isinstance(layer, Network):
        layer._set_scope()
    if not hasattr(layer, "_deferred_restorations"):
        layer._deferred_restorations = []
        layer._custom_getter = _custom_getter(layer._deferred_restorations)
    layer._scope.set_custom_getter(layer._custom_getter)
    layer._deferred_restorations.append(restoration)
    if isinstance(layer, Network):
        for inner in layer.layers:
            if not isinstance(inner, Network):
                layer._set_scope_for_nonnetwork_sublayer(inner)
            _restore_on_create(inner, restoration)
