"""What of ``tf.keras`` means the same in TensorFlow 1.15 and in Keras 3, by its parameters there.

Left out on purpose: batch normalization (Keras 3 moves averages by another variance), recurrent layers (other activations by default),
embeddings (Keras 3 squares rows of gradients one by one), and optimizers whose epsilon went under the root (RMSprop, Adagrad).
"""

from __future__ import annotations

from ..rows import Row

_COMMON = "name input_shape"
_KERNEL = (
    "activation use_bias kernel_initializer bias_initializer kernel_regularizer bias_regularizer activity_regularizer "
    "kernel_constraint bias_constraint"
)
_POOL = "pool_size strides padding data_format"


def _row(name: str, old: str, renamed: dict[str, str] | None = None) -> Row:
    parameters = tuple(old.split())
    return Row(f"tf.keras.{name}", parameters, tuple((renamed or {}).get(p, p) for p in parameters), renamed or {})


LAYERS: dict[str, Row] = {
    f"tf.keras.layers.{name}": _row(f"layers.{name}", f"{old} {_COMMON}", renamed)
    for name, old, renamed in (
        ("Dense", f"units {_KERNEL}", None),
        ("Conv1D", f"filters kernel_size strides padding data_format dilation_rate {_KERNEL}", None),
        ("Conv2D", f"filters kernel_size strides padding data_format dilation_rate {_KERNEL}", None),
        ("Flatten", "data_format", None),
        ("Dropout", "rate noise_shape seed", None),
        ("Activation", "activation", None),
        ("MaxPooling1D", _POOL, None),
        ("MaxPooling2D", _POOL, None),
        ("AveragePooling1D", _POOL, None),
        ("AveragePooling2D", _POOL, None),
        ("GlobalMaxPooling1D", "data_format", None),
        ("GlobalMaxPooling2D", "data_format", None),
        ("GlobalAveragePooling1D", "data_format", None),
        ("GlobalAveragePooling2D", "data_format", None),
        ("ZeroPadding2D", "padding data_format", None),
        ("Reshape", "target_shape", None),
        ("Permute", "dims", None),
        ("RepeatVector", "n", None),
        ("Add", "", None),
        ("Multiply", "", None),
        ("Concatenate", "axis", None),
        ("Softmax", "axis", None),
        ("ELU", "alpha", None),
        ("LeakyReLU", "alpha", {"alpha": "negative_slope"}),
    )
}  # fmt: skip
INPUT = _row("Input", "shape batch_size name dtype")
MODEL = _row("Model", "inputs outputs name")
SEQUENTIAL = _row("Sequential", "layers name")
_RATE = {"lr": "learning_rate"}
OPTIMIZERS: dict[str, Row] = {
    "tf.keras.optimizers.Adam": _row("optimizers.Adam", "learning_rate beta_1 beta_2 epsilon name lr", _RATE),
    "tf.keras.optimizers.SGD": _row("optimizers.SGD", "learning_rate momentum nesterov name lr", _RATE),
}
# names of activations and initializers (measured; hard_sigmoid has another slope)
WORDS = frozenset(
    {
        *("relu", "tanh", "sigmoid", "softmax", "linear", "elu", "selu", "softplus", "softsign", "exponential"),
        *("glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal"),
        *("zeros", "ones", "random_uniform", "random_normal", "truncated_normal", "uniform", "normal"),
    }
)
OPTIMIZER_NAMES = frozenset({"adam", "sgd"})
LOSS_NAMES = frozenset(
    {
        *("categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy"),
        *("mse", "mean_squared_error", "mae", "mean_absolute_error"),
    }
)
# TensorFlow 1.15 reports both as "acc", Keras 3 each under its own name
ACCURACY = frozenset({"acc", "accuracy"})
# parameters of a model's methods that mean the same in both versions
METHODS: dict[str, tuple[str, ...]] = {
    "fit": (
        *("x", "y", "batch_size", "epochs", "verbose", "validation_split", "validation_data", "shuffle"),
        *("class_weight", "sample_weight", "initial_epoch"),
    ),
    "evaluate": ("x", "y", "batch_size", "verbose", "sample_weight"),
    "predict": ("x", "batch_size", "verbose"),
    "summary": (),
    "count_params": (),
    "get_weights": (),
    "set_weights": ("weights",),
}
