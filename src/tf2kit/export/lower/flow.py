"""Conditions and loops: decided and unrolled where that is known, else built again with `tf.cond` and `tf.while_loop`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import tensorflow as tf

from . import static
from .bodies import Body, Node
from .tracer import Build, Tracer, short
from .values import Handle, TensorList, Value

# nodes that one loop may become; more are slower to load than a loop is to run
LARGEST = 20_000


def _if(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    branches = [tracer.body(node.attr[name].func.name) for name in ("then_branch", "else_branch")]
    condition, arguments = tracer.tensor(inputs[0], node), inputs[1:]
    decided = static.value(condition)
    if decided is not None:
        return tracer.call(branches[0 if decided.any() else 1], arguments, scope=short(node))
    if condition.dtype != tf.bool or condition.shape.rank != 0:
        condition = tf.reduce_any(tf.not_equal(condition, tf.zeros_like(condition)))

    def branch(body: Body) -> Callable[[], list[tf.Tensor]]:
        return lambda: [tf.identity(tracer.tensor(value, node)) for value in tracer.call(body, arguments)]

    with tf.name_scope(short(node)):
        made = tf.cond(condition, branch(branches[0]), branch(branches[1]))
    return list(made) if isinstance(made, (list, tuple)) else [made]


def _while(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    condition, body = (tracer.body(node.attr[name].func.name) for name in ("cond", "body"))
    unrolled = _unrolled(tracer, node, condition, body, inputs)
    return _loop(tracer, node, condition, body, inputs) if unrolled is None else unrolled


def _unrolled(
    tracer: Tracer, node: Node, condition: Body, body: Body, inputs: Sequence[Value]
) -> Sequence[Value] | None:
    """The values after the last round, or None where it is not known which one that is, or where there are too many."""
    state = list(inputs)
    for step in range(min(tracer.unroll, LARGEST // max(len(body.nodes), 1)) + 1):
        go_on = static.value(tracer.tensor(tracer.call(condition, state, scope=f"{short(node)}/test")[0], node))
        if go_on is None:
            return None
        if not go_on:
            return state
        state = tracer.call(body, state, scope=f"{short(node)}/round_{step}")
    return None


def _loop(tracer: Tracer, node: Node, condition: Body, body: Body, inputs: Sequence[Value]) -> Sequence[Value]:
    """A loop that stays one. Handles of resources do not change, so they are no variables of the new loop."""
    moving = [index for index, value in enumerate(inputs) if not isinstance(value, Handle)]

    def whole(state: Sequence[tf.Tensor]) -> list[Value]:
        values = list(inputs)
        for index, tensor in zip(moving, state, strict=True):
            values[index] = tensor
        return values

    def test(*state: tf.Tensor) -> tf.Tensor:
        return tracer.tensor(tracer.call(condition, whole(state))[0], node)

    def step(*state: tf.Tensor) -> list[tf.Tensor]:
        after = tracer.call(body, whole(state))
        return [tracer.tensor(after[index], node) for index in moving]

    shapes = node.attr["output_shapes"].list.shape
    start = [tracer.tensor(inputs[index], node) for index in moving]
    invariants = [
        tf.TensorShape(shapes[index]) if shapes and tensor.dtype != tf.variant else _loose(inputs[index], tensor)
        for index, tensor in zip(moving, start, strict=True)
    ]
    with tf.name_scope(short(node)):
        state = tf.while_loop(test, step, start, shape_invariants=invariants)
    return whole(list(state))


def _loose(value: Value, tensor: tf.Tensor) -> tf.TensorShape:
    return tf.TensorShape([]) if isinstance(value, TensorList) or tensor.dtype == tf.variant else tensor.shape


def _case(tracer: Tracer, node: Node, inputs: Sequence[Value]) -> Sequence[Value]:
    branches = [tracer.body(function.name) for function in node.attr["branches"].list.func]
    index = tracer.tensor(inputs[0], node)
    decided = static.value(index)
    if decided is not None:
        chosen = int(decided) if 0 <= int(decided) < len(branches) else len(branches) - 1
        return tracer.call(branches[chosen], inputs[1:], scope=short(node))

    def choose(position: int) -> list[tf.Tensor]:
        def made() -> list[tf.Tensor]:
            return [tf.identity(tracer.tensor(v, node)) for v in tracer.call(branches[position], inputs[1:])]

        if position == len(branches) - 1:
            return made()
        chosen = tf.cond(tf.equal(index, position), made, lambda: choose(position + 1))
        return list(chosen) if isinstance(chosen, (list, tuple)) else [chosen]

    return choose(0)


FLOW: dict[str, Build] = {
    "If": _if,
    "StatelessIf": _if,
    "While": _while,
    "StatelessWhile": _while,
    "Case": _case,
    "StatelessCase": _case,
}
