"""Functions of tensors whose signatures differ between the versions, looked at one by one.

`tests/native/test_ops_table.py` holds every parameter and default against both versions, and evaluates a call of each.
"""

from __future__ import annotations

from typing import Any

from ..rows import Row
from . import choices, neural
from .signatures import table
from .vetting import each, moved, raw, row

_KEEP = {"keep_dims": "keepdims"}
_REDUCE = {**_KEEP, "reduction_indices": "axis"}
_SPARSE_REDUCE = {**_KEEP, "reduction_axes": "axis"}
_NO_BACK: dict[str, Any] = {
    "refused": {"back_prop": "no gradients flow back through it"},
    "harmless": {"back_prop": ("True",)},
}


_MATH = {
    **each(
        "reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum",
        "math",
        renamed=_REDUCE,
    ),
    **each("argmax argmin", "math", renamed={"dimension": "axis"}),
    **moved({"arg_max": "argmax", "arg_min": "argmin"}, renamed={"dimension": "axis"}),
    **each("norm", "linalg", renamed=_KEEP),
    **each("scalar_mul matmul", "math linalg"),
    **each("bincount confusion_matrix", "math"),
    **moved({"bincount": "math.bincount", "confusion_matrix": "math.confusion_matrix", "floor_div": "math.floordiv"}),
    **moved(
        {"count_nonzero": "math.count_nonzero", "math.count_nonzero": "math.count_nonzero"},
        renamed={**_REDUCE, "input_tensor": "input"},
    ),
    **moved({"verify_tensor_all_finite": "debugging.assert_all_finite"}, renamed={"t": "x", "msg": "message"}),
    **each("assert_all_finite", "debugging", renamed={"t": "x", "msg": "message"}),
    **moved({"sparse_matmul": "matmul"}),
    **moved({"div": "divide"}, choose=choices.division),
    **moved({"convert_to_tensor": "convert_to_tensor"}, renamed={"preferred_dtype": "dtype_hint"}),
    **moved(
        {"constant": "constant"}, refused={"verify_shape": "it checks a shape"}, harmless={"verify_shape": ("False",)}
    ),
    **{
        f"tf.to_{old}": row(f"tf.to_{old}", "tf.cast", added={"dtype": f"tf.{new}"})
        for old, new in [
            *((n, n) for n in ("bfloat16", "complex128", "complex64", "int32", "int64")),
            ("float", "float32"),
            ("double", "float64"),
        ]
    },
}
_ARRAYS = {
    **each(
        "boolean_mask transpose pad shape size gather_nd scatter_nd tensor_scatter_nd_add tensor_scatter_nd_sub",
        "manip",
    ),
    **moved(
        {"manip.gather_nd": "gather_nd", "manip.scatter_nd": "scatter_nd", "manip.batch_to_space_nd": "batch_to_space"}
    ),
    **moved({"tensor_scatter_add": "tensor_scatter_nd_add", "tensor_scatter_sub": "tensor_scatter_nd_sub"}),
    **moved({"batch_to_space_nd": "batch_to_space"}),
    **each("batch_to_space", renamed={"block_size": "block_shape"}),
    **each("gather", dropped={"validate_indices"}),
    **each("expand_dims", renamed={"dim": "axis"}),
    **each("squeeze", renamed={"squeeze_dims": "axis"}),
    **each("ones_like zeros_like", renamed={"tensor": "input"}, dropped={"optimize"}),
    **each("reverse_sequence", renamed={"seq_dim": "seq_axis", "batch_dim": "batch_axis"}),
    **each("concat", choose=choices.concatenation),
    **each("where", choose=choices.selection),
}
_CONTROL = {
    **each(
        "cond",
        renamed={"fn1": "true_fn", "fn2": "false_fn"},
        refused={"strict": "branches return lists of one tensor"},
        harmless={"strict": ("False",)},
        choose=choices.branches,
    ),
    **each("case"),
    **each("while_loop", dropped={"return_same_structure"}, choose=choices.loop, **_NO_BACK),
    **each("foldl foldr scan", **_NO_BACK),
    **each("map_fn", renamed={"dtype": "fn_output_signature"}, **_NO_BACK),
    **each("py_function numpy_function", random=True),
    **moved({"py_func": "numpy_function"}, random=True),
}
_IMAGES = {
    **each("image.adjust_jpeg_quality"),
    **each("image.crop_and_resize", renamed={"box_ind": "box_indices"}),
    **each("image.draw_bounding_boxes", added={"colors": "None"}),
    **moved({"extract_image_patches": "image.extract_patches"}, renamed={"ksizes": "sizes"}),
    **moved({"image.extract_image_patches": "image.extract_patches"}, renamed={"ksizes": "sizes"}),
    "tf.image.resize_bilinear": raw("tf.image.resize_bilinear", "ResizeBilinear"),
    "tf.image.resize_bicubic": raw("tf.image.resize_bicubic", "ResizeBicubic"),
    "tf.image.resize_nearest_neighbor": raw("tf.image.resize_nearest_neighbor", "ResizeNearestNeighbor"),
    "tf.image.resize_area": raw("tf.image.resize_area", "ResizeArea"),
}
_SPARSE = {
    **moved({"sparse.add": "sparse.add", "sparse_add": "sparse.add"}, renamed={"thresh": "threshold"}),
    **moved(
        {"sparse.concat": "sparse.concat", "sparse_concat": "sparse.concat"},
        renamed={"concat_dim": "axis", "expand_nonconcat_dim": "expand_nonconcat_dims"},
    ),
    **moved(
        {f"sparse{dot}reduce_{what}": f"sparse.reduce_{what}" for dot in "._" for what in ("max", "sum")},
        renamed=_SPARSE_REDUCE,
    ),
    **moved(
        {f"sparse{dot}segment_{what}": f"sparse.segment_{what}" for dot in "._" for what in ("mean", "sqrt_n", "sum")}
    ),
    **moved({"sparse.split": "sparse.split", "sparse_split": "sparse.split"}),
    "tf.sparse_to_dense": raw("tf.sparse_to_dense", "SparseToDense", added={"default_value": "0"}),
}
_STRINGS = {
    **moved({"substr": "strings.substr", "strings.substr": "strings.substr", "strings.length": "strings.length"}),
    **moved({f"{home}reduce_join": "strings.reduce_join" for home in ("", "strings.")}, renamed=_REDUCE),
    **moved(
        {"string_to_number": "strings.to_number", "strings.to_number": "strings.to_number"},
        renamed={"string_tensor": "input"},
    ),
    **moved(
        {"string_to_hash_bucket": "strings.to_hash_bucket", "strings.to_hash_bucket": "strings.to_hash_bucket"},
        renamed={"string_tensor": "input"},
    ),
    **moved(
        {"strings.split": "strings.split"}, renamed={"source": "input"}, dropped={"result_type"}, choose=choices.pieces
    ),
    "tf.string_split": raw(
        "tf.string_split",
        "StringSplit",
        renamed={"source": "input", "sep": "delimiter"},
        added={"delimiter": '" "'},
        refused={"result_type": "pieces of strings are returned in another form than as a sparse tensor"},
        harmless={"result_type": ("'SparseTensor'",)},
        result="tf.SparseTensor(*{})",
    ),
    **moved({"decode_csv": "io.decode_csv", "io.decode_csv": "io.decode_csv"}),
    **moved({"decode_raw": "io.decode_raw", "io.decode_raw": "io.decode_raw"}, renamed={"bytes": "input_bytes"}),
    **moved(
        {f"{home}{what}": f"io.{what}" for home in ("", "io.") for what in ("parse_example", "parse_single_example")}
    ),
    **moved(
        {
            f"{home}{what}": f"io.{what}"
            for home in ("", "io.")
            for what in ("serialize_sparse", "serialize_many_sparse")
        }
    ),
}
_RANDOM = {
    **moved(
        {"multinomial": "random.categorical", "random.multinomial": "random.categorical"},
        renamed={"output_dtype": "dtype"},
        random=True,
    ),
    **moved({"random.stateless_multinomial": "random.stateless_categorical"}, renamed={"output_dtype": "dtype"}),
    **moved({"random_poisson": "random.poisson", "random.poisson": "random.poisson"}, random=True),
}
_CHECKS = {
    f"tf.{home}{name}": row(f"tf.{home}{name}", f"tf.debugging.{name}", dropped={"data"}, kind="effect")
    for home in ("", "debugging.")
    for name in (old[3:] for old in table()["old"] if old.startswith("tf.assert_"))
    if f"tf.debugging.{name}" in table()["new"]
    and f"tf.{home}{name}" in table()["old"]
    and f"tf.{home}{name}" not in table()["same"]
}
_DATA = {
    **moved(
        {f"data.{n}": f"data.{n}" for n in ("TextLineDataset", "TFRecordDataset", "FixedLengthRecordDataset")},
        kind="data",
    ),
    **moved({"data.Dataset.from_generator": "data.Dataset.from_generator"}, kind="data"),
    **moved(
        {f"data.experimental.{n}": f"data.experimental.{n}" for n in ("CsvDataset", "make_csv_dataset", "SqlDataset")},
        kind="data",
    ),
    "tf.data.Dataset.zip": Row("tf.data.Dataset.zip", ("*args", "datasets"), (), {"datasets": "datasets"}, kind="data"),
    "tf.data.Dataset.range": Row("tf.data.Dataset.range", ("*args",), ("*args",), kind="data"),
}
_VARIADIC = {
    "tf.einsum": Row("tf.einsum", ("equation", "*inputs", "name"), ("equation",), {"name": "name"}),
    "tf.meshgrid": Row("tf.meshgrid", ("*args", "indexing", "name"), (), {"indexing": "indexing", "name": "name"}),
    "tf.print": Row(
        "tf.print",
        ("*inputs", "output_stream", "summarize", "sep", "end", "name"),
        (),
        {n: n for n in ("output_stream", "summarize", "sep", "end", "name")},
        kind="effect",
    ),
}
# names that TensorFlow 1.0 renamed
_BEFORE = {
    "tf.mul": Row("tf.multiply", ("x", "y", "name"), ("x", "y", "name")),
    "tf.sub": Row("tf.subtract", ("x", "y", "name"), ("x", "y", "name")),
    "tf.neg": Row("tf.negative", ("x", "name"), ("x", "name")),
    "tf.pack": Row("tf.stack", ("values", "axis", "name"), ("values", "axis", "name")),
    "tf.unpack": Row("tf.unstack", ("value", "num", "axis", "name"), ("value", "num", "axis", "name")),
}

ROWS: dict[str, Row] = {
    **_MATH,
    **_ARRAYS,
    **_CONTROL,
    **_IMAGES,
    **_SPARSE,
    **_STRINGS,
    **_RANDOM,
    **_CHECKS,
    **_DATA,
    **_VARIADIC,
    **_BEFORE,
    **neural.ROWS,
}
