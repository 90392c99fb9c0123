"""Names of operations as TensorFlow 1 made them unique, as far as summaries' tags depend on them."""

from __future__ import annotations

from dataclasses import dataclass, field

# What TensorFlow 1.15 calls the operations of functions that are given no name; measured there, outside of all scopes.
DEFAULTS = {
    "tf.Variable": "Variable",
    "tf.abs": "Abs",
    "tf.add": "Add",
    "tf.add_n": "AddN",
    "tf.argmax": "ArgMax",
    "tf.argmin": "ArgMin",
    "tf.assign": "Assign",
    "tf.assign_add": "AssignAdd",
    "tf.cast": "Cast",
    "tf.clip_by_norm": "clip_by_norm",
    "tf.clip_by_value": "clip_by_value",
    "tf.concat": "concat",
    "tf.constant": "Const",
    "tf.contrib.layers.conv2d": "Conv",
    "tf.contrib.layers.flatten": "Flatten",
    "tf.contrib.layers.fully_connected": "fully_connected",
    "tf.cumsum": "Cumsum",
    "tf.div": "div",
    "tf.divide": "truediv",
    "tf.equal": "Equal",
    "tf.erf": "Erf",
    "tf.exp": "Exp",
    "tf.expand_dims": "ExpandDims",
    "tf.floor": "Floor",
    "tf.gather": "GatherV2",
    "tf.global_norm": "global_norm",
    "tf.greater": "Greater",
    "tf.identity": "Identity",
    "tf.layers.batch_normalization": "batch_normalization",
    "tf.layers.conv2d": "conv2d",
    "tf.layers.dense": "dense",
    "tf.layers.dropout": "dropout",
    "tf.layers.flatten": "flatten",
    "tf.layers.max_pooling2d": "max_pooling2d",
    "tf.less": "Less",
    "tf.log": "Log",
    "tf.log1p": "Log1p",
    "tf.losses.absolute_difference": "absolute_difference",
    "tf.losses.hinge_loss": "hinge_loss",
    "tf.losses.huber_loss": "huber_loss",
    "tf.losses.log_loss": "log_loss",
    "tf.losses.mean_squared_error": "mean_squared_error",
    "tf.losses.sigmoid_cross_entropy": "sigmoid_cross_entropy_loss",
    "tf.losses.softmax_cross_entropy": "softmax_cross_entropy_loss",
    "tf.losses.sparse_softmax_cross_entropy": "sparse_softmax_cross_entropy_loss",
    "tf.matmul": "MatMul",
    "tf.maximum": "Maximum",
    "tf.metrics.accuracy": "accuracy",
    "tf.metrics.mean": "mean",
    "tf.minimum": "Minimum",
    "tf.multiply": "Mul",
    "tf.negative": "Neg",
    "tf.nn.bias_add": "BiasAdd",
    "tf.nn.dropout": "dropout",
    "tf.nn.elu": "Elu",
    "tf.nn.embedding_lookup": "embedding_lookup",
    "tf.nn.l2_loss": "L2Loss",
    "tf.nn.l2_normalize": "l2_normalize",
    "tf.nn.log_softmax": "LogSoftmax",
    "tf.nn.moments": "moments",
    "tf.nn.relu": "Relu",
    "tf.nn.relu6": "Relu6",
    "tf.nn.sigmoid_cross_entropy_with_logits": "logistic_loss",
    "tf.nn.softmax": "Softmax",
    "tf.nn.softmax_cross_entropy_with_logits": "softmax_cross_entropy_with_logits_sg",
    "tf.nn.softmax_cross_entropy_with_logits_v2": "softmax_cross_entropy_with_logits",
    "tf.nn.softplus": "Softplus",
    "tf.nn.sparse_softmax_cross_entropy_with_logits": "SparseSoftmaxCrossEntropyWithLogits",
    "tf.nn.xw_plus_b": "xw_plus_b",
    "tf.nn.zero_fraction": "zero_fraction",
    "tf.norm": "norm",
    "tf.not_equal": "NotEqual",
    "tf.one_hot": "one_hot",
    "tf.ones": "ones",
    "tf.ones_like": "ones_like",
    "tf.placeholder": "Placeholder",
    "tf.pow": "Pow",
    "tf.random_normal": "random_normal",
    "tf.random_uniform": "random_uniform",
    "tf.rank": "Rank",
    "tf.reduce_all": "All",
    "tf.reduce_any": "Any",
    "tf.reduce_logsumexp": "ReduceLogSumExp",
    "tf.reduce_max": "Max",
    "tf.reduce_mean": "Mean",
    "tf.reduce_min": "Min",
    "tf.reduce_prod": "Prod",
    "tf.reduce_sum": "Sum",
    "tf.reshape": "Reshape",
    "tf.round": "Round",
    "tf.rsqrt": "Rsqrt",
    "tf.shape": "Shape",
    "tf.sigmoid": "Sigmoid",
    "tf.sign": "Sign",
    "tf.size": "Size",
    "tf.sqrt": "Sqrt",
    "tf.square": "Square",
    "tf.squared_difference": "SquaredDifference",
    "tf.squeeze": "Squeeze",
    "tf.stop_gradient": "StopGradient",
    "tf.subtract": "Sub",
    "tf.tanh": "Tanh",
    "tf.trace": "Trace",
    "tf.train.exponential_decay": "ExponentialDecay",
    "tf.train.piecewise_constant": "PiecewiseConstant",
    "tf.transpose": "transpose",
    "tf.truediv": "truediv",
    "tf.truncated_normal": "truncated_normal",
    "tf.where": "Where",
    "tf.zeros": "zeros",
    "tf.zeros_like": "zeros_like",
}


@dataclass(slots=True)
class ScopeNames:
    """The open name scopes of one graph, and the names that are taken in it.

    Attributes:
      open: full names of the open scopes, outermost first; None for one whose name is only known when the program runs.
      taken: how often each name was asked for, in lower case (tensorflow/python/framework/ops.py, `Graph.unique_name`).
    """

    open: list[str | None] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)

    @property
    def prefix(self) -> str | None:
        """The innermost scope ("" outside of all); None where it is not known."""
        if None in self.open:
            return None
        return self.open[-1] or "" if self.open else ""

    def enter(self, name: str | None) -> None:
        """Open a scope: a name that ends with a slash is taken as it is, others are made unique."""
        if name is not None and name.endswith("/"):
            self.open.append(name[:-1])
        else:
            self.open.append(None if name is None or self.prefix is None else self.unique(name))

    def leave(self) -> None:
        """Close the innermost scope."""
        self.open.pop()

    def note(self, function: str, given: str | None) -> None:
        """A call of a TensorFlow function takes the name that it is given, or its default."""
        name = given or DEFAULTS.get(function)
        if name is not None and self.prefix is not None:
            self.unique(name)

    def unique(self, name: str) -> str:
        """The full name of an operation or a scope that is called ``name`` here."""
        full = f"{self.prefix}/{name}" if self.prefix else name
        key = full.lower()
        number = self.taken.get(key, 0)
        self.taken[key] = number + 1
        if number == 0:
            return full
        while f"{key}_{number}" in self.taken:
            number += 1
        self.taken[f"{key}_{number}"] = 1
        return f"{full}_{number}"
