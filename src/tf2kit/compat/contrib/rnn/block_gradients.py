"""Gradients of the operations LSTMBlockCell and GRUBlockCell, which TensorFlow kept without them.

Adapted from TensorFlow 1.15, contrib/rnn/python/ops/{lstm_ops,gru_ops}.py, Copyright 2015 The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

import tensorflow.compat.v1 as tf

__all__: list[str] = []


def _lstm_block_cell_grad(op: Any, *grads: Any) -> tuple[Any, ...]:
    x, cs_prev, h_prev, w, wci, wcf, wco, b = op.inputs
    i, cs, f, o, ci, co, _ = op.outputs
    c_grad, gates, wci_grad, wcf_grad, wco_grad = tf.raw_ops.LSTMBlockCellGrad(
        x=x,
        cs_prev=cs_prev,
        h_prev=h_prev,
        w=w,
        wci=wci,
        wcf=wcf,
        wco=wco,
        b=b,
        i=i,
        cs=cs,
        f=f,
        o=o,
        ci=ci,
        co=co,
        cs_grad=grads[1],
        h_grad=grads[6],
        use_peephole=op.get_attr("use_peephole"),
    )
    widths = [tf.dimension_value(t.get_shape().with_rank(2)[1]) for t in (x, h_prev)]
    x_grad, h_grad = tf.split(tf.matmul(gates, w, transpose_b=True), widths, 1)
    w_grad = tf.matmul(tf.concat([x, h_prev], 1), gates, transpose_a=True)
    return x_grad, c_grad, h_grad, w_grad, wci_grad, wcf_grad, wco_grad, tf.raw_ops.BiasAddGrad(out_backprop=gates)


def _gru_block_cell_grad(op: Any, *grads: Any) -> tuple[Any, ...]:
    x, h_prev, w_ru, w_c, b_ru, b_c = op.inputs
    r, u, c, _ = op.outputs
    x_grad, h_grad, candidate, gates = tf.raw_ops.GRUBlockCellGrad(
        x=x, h_prev=h_prev, w_ru=w_ru, w_c=w_c, b_ru=b_ru, b_c=b_c, r=r, u=u, c=c, d_h=grads[3]
    )
    w_ru_grad = tf.matmul(tf.concat([x, h_prev], 1), gates, transpose_a=True)
    w_c_grad = tf.matmul(tf.concat([x, h_prev * r], 1), candidate, transpose_a=True)
    biases = (tf.raw_ops.BiasAddGrad(out_backprop=t) for t in (gates, candidate))
    return x_grad, h_grad, w_ru_grad, w_c_grad, *biases


tf.RegisterGradient("LSTMBlockCell")(_lstm_block_cell_grad)
tf.RegisterGradient("GRUBlockCell")(_gru_block_cell_grad)
