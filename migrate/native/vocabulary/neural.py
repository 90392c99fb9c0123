"""Functions of ``tf.nn`` whose signatures differ between the versions, looked at one by one."""

from __future__ import annotations

from ..rows import Row
from . import choices
from .vetting import each, moved

_FILTERS = {"filter": "filters"}
_RATES = {"dilation_rate": "dilations"}
_KEEP = {"keep_dims": "keepdims"}
_AXIS = {"dim": "axis"}
_DEPTH = {"rate": "dilations"}
_UNUSED = {"use_cudnn_on_gpu"}
_PARTS = {"partition_strategy"}

_CONVOLUTIONS = {
    **each("nn.conv2d", renamed=_FILTERS, dropped=_UNUSED),
    **each("nn.conv1d", renamed={"value": "input"}, dropped=_UNUSED),
    **each("nn.conv3d", renamed=_FILTERS),
    **each("nn.conv2d_transpose nn.conv3d_transpose", renamed={**_FILTERS, "value": "input"}),
    **each("nn.convolution", renamed={**_FILTERS, **_RATES}),
    **each("nn.depthwise_conv2d nn.separable_conv2d", renamed=_DEPTH),
    **moved(
        {"nn.depthwise_conv2d_native": "nn.depthwise_conv2d"},
        refused={"dilations": "it gives dilations in four dimensions"},
        harmless={"dilations": ("[1, 1, 1, 1]",)},
    ),
}
_POOLING = {
    **moved({"nn.max_pool": "nn.max_pool2d", "nn.avg_pool": "nn.avg_pool2d"}, renamed={"value": "input"}),
    **moved({"nn.avg_pool2d": "nn.avg_pool2d"}, renamed={"value": "input"}),
    **each("nn.pool", renamed=_RATES),
    **each("nn.max_pool_with_argmax", renamed={"Targmax": "output_dtype"}),
}
_ACTIVATIONS = {
    **each("nn.softmax nn.log_softmax", renamed=_AXIS),
    **moved({"math.softmax": "nn.softmax", "math.log_softmax": "nn.log_softmax"}, renamed=_AXIS),
    **each("nn.crelu nn.depth_to_space nn.space_to_depth"),
    **moved({"depth_to_space": "nn.depth_to_space", "space_to_depth": "nn.space_to_depth"}),
    **moved(
        {"nn.xw_plus_b": "matmul"},
        renamed={"x": "a", "weights": "b"},
        dropped={"biases"},
        result="tf.nn.bias_add({}, {biases})",
    ),
    **moved(
        {"nn.relu_layer": "matmul"},
        renamed={"x": "a", "weights": "b"},
        dropped={"biases"},
        result="tf.nn.relu(tf.nn.bias_add({}, {biases}))",
    ),
    **each("nn.dropout", renamed={"keep_prob": "rate"}, convert={"keep_prob": "1 - ({})"}, random=True),
}
_STATISTICS = {
    **each("nn.moments nn.weighted_moments nn.sufficient_statistics", renamed=_KEEP),
    **each("nn.batch_norm_with_global_normalization", renamed={"t": "input", "m": "mean", "v": "variance"}),
    **moved({"nn.in_top_k": "math.in_top_k", "math.in_top_k": "math.in_top_k"}),
}
_LOSSES = {
    **each(
        "nn.softmax_cross_entropy_with_logits",
        renamed=_AXIS,
        convert={"labels": "tf.stop_gradient({})"},
    ),
    **moved({"nn.softmax_cross_entropy_with_logits_v2": "nn.softmax_cross_entropy_with_logits"}, renamed=_AXIS),
    **each("nn.sparse_softmax_cross_entropy_with_logits nn.sigmoid_cross_entropy_with_logits"),
    **each("nn.weighted_cross_entropy_with_logits", renamed={"targets": "labels"}),
    **each("nn.nce_loss nn.sampled_softmax_loss", dropped=_PARTS, choose=choices.partitions, random=True),
    **each(
        "nn.ctc_loss",
        renamed={"inputs": "logits", "sequence_length": "logit_length", "time_major": "logits_time_major"},
        added={"label_length": "None", "blank_index": "-1"},
        refused={
            "preprocess_collapse_repeated": "repeated labels are merged before the loss",
            "ctc_merge_repeated": "repeated labels are kept apart",
            "ignore_longer_outputs_than_inputs": "labels longer than their inputs are left out",
        },
        harmless={
            "preprocess_collapse_repeated": ("False",),
            "ctc_merge_repeated": ("True",),
            "ignore_longer_outputs_than_inputs": ("False",),
        },
    ),
    **moved({"nn.ctc_loss_v2": "nn.ctc_loss"}),
    **each("nn.ctc_beam_search_decoder", dropped={"merge_repeated"}, choose=choices.beam),
}
_EMBEDDINGS = {
    **each(
        "nn.embedding_lookup nn.embedding_lookup_sparse nn.safe_embedding_lookup_sparse",
        dropped={*_PARTS, "validate_indices"},
        choose=choices.partitions,
    ),
}

ROWS: dict[str, Row] = {**_CONVOLUTIONS, **_POOLING, **_ACTIVATIONS, **_STATISTICS, **_LOSSES, **_EMBEDDINGS}
