"""Models made of tracked layers: ``tfe.Network``, which came before Keras models.

Adapted from TensorFlow 1.15, contrib/eager/python/network.py, Copyright 2017 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

import collections
import weakref
from typing import Any

import tensorflow.compat.v1 as tf
from tensorflow.python.ops.variable_scope import get_variable_scope_store
from tf_keras.src import backend
from tf_keras.src.legacy_tf_layers import base

__all__ = ["Network"]


class Network(base.Layer):
    """A model of layers, each of which is given to ``track_layer``; variables are named after the network and its layers.

    A network gets its name when it is tracked by another one, or else when it is first called.

    Raises:
      ValueError: the name is a variable scope or has a slash; later, when the network is built, it is not unique.
    """

    _scope: Any

    def __init__(self, name: str | None = None) -> None:
        if isinstance(name, tf.VariableScope):
            raise ValueError("VariableScopes are not valid Network names.")
        if name is not None and "/" in name:
            raise ValueError("Forward slashes ('/') are not allowed in Network names.")
        super().__init__(name=name)
        self._layers: list[Any] = []
        self._sub_layer_name_uids: dict[Any, int] = collections.defaultdict(int)
        # None: not known yet; False: there is none; else a weak reference to the first network that tracked this one
        self._first_parent: Any = None
        self._non_network_sublayers: list[Any] = []
        self._owned_layers: dict[str, Any] = {}
        self._default_parent_variable_scope = tf.get_variable_scope()
        self._variable_scope_counts_on_init = get_variable_scope_store().variable_scopes_count

    def _gather_saveables_for_checkpoint(self) -> Any:
        raise NotImplementedError(
            "tfe.Network does not support object-based checkpointing. Use save_network_checkpoint, or tf.keras.Model."
        )

    def _init_set_name(self, name: str | None) -> None:
        # names wait for `_finalize_name`
        self._name: Any = name
        self._base_name = None

    def _finalize_name(self, parent: Any) -> None:
        """Choose a name that is unique in the parent, or in the scope where the network was made."""
        if not self._name:
            if parent:
                avoid, uids = parent._owned_layers, parent._sub_layer_name_uids
            else:
                avoid, uids = self._names_of_scopes_on_init(), backend.get_default_graph_uid_map()
            self._name, self._base_name = self._make_unique_name(
                name_uid_map=uids,
                avoid_names=avoid,
                namespace=self._default_parent_variable_scope.name,
                zero_based=True,
            )
        if self._first_parent is None or (self._first_parent and self._first_parent() is None):
            self._first_parent = weakref.ref(parent) if parent else parent

    def _names_of_scopes_on_init(self) -> set[str]:
        prefix = self._default_parent_variable_scope.name
        prefix = prefix + "/" if prefix else prefix
        return {
            name.removeprefix(prefix)
            for name in self._variable_scope_counts_on_init
            if name and name.startswith(prefix)
        }

    def _set_scope(self, scope: Any = None) -> None:
        if self._scope is not None:
            return
        parent = self._first_parent() if self._first_parent else self._first_parent
        if parent is None:
            self._finalize_name(False)
            parent = self._first_parent
        if scope is not None:
            raise ValueError("Networks may not be created with explicit scopes.")
        if parent:
            parent._set_scope()
        with tf.variable_scope(parent._scope if parent else self._default_parent_variable_scope) as outer:
            if f"{outer.name}/{self._name}" in self._variable_scope_counts_on_init:
                raise self._name_is_taken()
            with tf.variable_scope(None, use_resource=True, default_name=self._name) as own:
                self._scope = own
        self._check_scope(own.name, parent)
        for layer in self._non_network_sublayers:
            self._set_scope_for_nonnetwork_sublayer(layer)

    def _check_scope(self, scope_name: str, parent: Any) -> None:
        prefix, slash, last = scope_name.rpartition("/")
        if last != self._name:
            raise self._name_is_taken()
        if parent and prefix != parent.scope_name:
            raise ValueError(
                "Network variable names must match a nesting of sub-Network names. "
                f"Expected prefix '{parent.scope_name}' from parent network, but got '{prefix}' when attempting to "
                f"create a variable_scope for Network '{self._name}'. Likely an explicit variable_scope was inserted "
                "into the nesting."
            )
        if not parent and slash:
            # a network that is in a variable scope has the whole name
            self._name = scope_name

    def _name_is_taken(self) -> ValueError:
        return ValueError(
            f"A Network named '{self._name}' already exists (or a variable_scope was created with this name). "
            "Names must be unique."
        )

    def _set_scope_for_nonnetwork_sublayer(self, layer: Any) -> None:
        if layer._scope is not None:
            return
        parent = layer._first_parent() if layer._first_parent is not None else None
        if not parent:
            self._finalize_name(False)
            raise ValueError(
                f"The parent of a Layer added to Network {self.name} was garbage collected before the Layer was built."
            )
        parent._set_scope()
        with (
            tf.variable_scope(parent._scope),
            tf.variable_scope(None, use_resource=True, default_name=layer.name) as scope,
        ):
            layer._scope = scope

    @property
    def name(self) -> str:
        """The final name; ValueError as long as there is none."""
        if self._name is None:
            raise ValueError(
                "The network does not yet have a final name, but a name was requested for it. Networks get a name when "
                "they are added to another Network via track_layer, or when they are first called/built."
            )
        return str(self._name)

    def track_layer(self, layer: Any) -> Any:
        """Make a layer's variables part of the network; returns the layer.

        Raises:
          RuntimeError: before ``Network.__init__``.
          TypeError: not a layer of ``tf.layers`` or a network.
          ValueError: the network has another layer of the name.
        """
        if not hasattr(self, "_layers"):
            raise RuntimeError("Need to call Network.__init__ before adding layers")
        if not isinstance(layer, base.Layer):
            raise TypeError(f"Network.track_layer() passed type {type(layer)}, not a tf.layers.Layer")
        layer._use_resource_variables = True
        if isinstance(layer, Network):
            layer._finalize_name(self)
        elif not layer.built:
            self._adopt(layer)
        if not layer.built and layer._first_parent and layer._first_parent() is self:
            if layer.name in self._owned_layers:
                if self._owned_layers[layer.name] is layer:
                    return layer
                raise ValueError(f"Attempt to add two Layers with the name '{layer.name}' to the same Network.")
            self._owned_layers[layer.name] = layer
        self._layers.append(layer)
        return layer

    def _adopt(self, layer: Any) -> None:
        """Name a layer that no other network has, and that was not named by hand."""
        if not hasattr(layer, "_first_parent") or layer._first_parent() is None:
            if layer._name != layer._base_name:
                layer._name, layer._base_name = layer._make_unique_name(
                    name_uid_map=self._sub_layer_name_uids, avoid_names=self._owned_layers, zero_based=True
                )
            layer._first_parent = weakref.ref(self)
        self._non_network_sublayers.append(layer)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Any:
        """A tracked layer by its name or its index; ValueError if there is none, or for both or neither."""
        if index is not None:
            if name is not None:
                raise ValueError("Exactly one of 'index' or 'name' must be provided")
            if len(self._layers) <= index:
                raise ValueError(
                    f"Was asked to retrieve layer at index {index} but model only has {len(self._layers)} layers."
                )
            return self._layers[index]
        if not name:
            raise ValueError("Provide either a layer name or layer index.")
        for layer in self._layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}")

    @property
    def layers(self) -> list[Any]:
        """The tracked layers, in their order."""
        return self._layers

    @property
    def weights(self) -> list[Any]:
        """Variables of all layers."""
        return [v for layer in self._layers for v in layer.weights]

    @property
    def trainable_weights(self) -> list[Any]:
        """Trainable variables of all layers."""
        return [v for layer in self._layers for v in layer.trainable_weights]

    @property
    def non_trainable_weights(self) -> list[Any]:
        """The other variables of all layers."""
        return [v for layer in self._layers for v in layer.non_trainable_weights]

    @property
    def trainable(self) -> bool:
        """Always true."""
        return True

    @trainable.setter
    def trainable(self, value: bool) -> None:
        if not value:
            raise AttributeError("cannot mark Network as not trainable")

    @property
    def losses(self) -> list[Any]:
        """Losses of all layers."""
        return [loss for layer in self._layers for loss in layer.losses]

    def add_variable(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """RuntimeError: variables belong to layers."""
        raise RuntimeError("add_variable not supported in Network class: variables belong to layers.")

    def add_loss(self, losses: Any, inputs: Any = None) -> None:  # noqa: ARG002
        """RuntimeError: losses belong to layers."""
        raise RuntimeError("add_loss is not supported in Network class: losses belong to layers.")
