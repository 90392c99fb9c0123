"""Export strategies: each model, or only the best.

Adapted from TensorFlow 1.15, contrib/learn/python/learn/utils/saved_model_export_utils.py, Copyright 2016 The TensorFlow
Authors, Apache License 2.0.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import tensorflow.compat.v1 as tf

from ...._estimator import load
from ...layers.columns.specs import create_feature_spec_for_parsing
from ..estimators.keys import MetricKey
from ..export_strategy import ExportStrategy
from .export_folders import (
    garbage_collect_exports,
    get_most_recent_export,
    get_temp_export_dir,
    get_timestamped_export_dir,
)
from .input_fn_utils import build_parsing_serving_input_fn
from .signatures import (
    DEFAULT_INPUT_ALTERNATIVE_KEY,
    FEATURES_INPUT_ALTERNATIVE_KEY,
    build_all_signature_defs,
    build_standardized_signature_def,
    get_input_alternatives,
    get_output_alternatives,
)

__all__ = [
    "DEFAULT_INPUT_ALTERNATIVE_KEY",
    "FEATURES_INPUT_ALTERNATIVE_KEY",
    "BestModelSelector",
    "build_all_signature_defs",
    "build_standardized_signature_def",
    "extend_export_strategy",
    "garbage_collect_exports",
    "get_input_alternatives",
    "get_most_recent_export",
    "get_output_alternatives",
    "get_temp_export_dir",
    "get_timestamped_export_dir",
    "make_best_model_export_strategy",
    "make_export_strategy",
    "make_parsing_export_strategy",
]

Compare = Callable[[dict[str, Any], dict[str, Any]], bool]


def make_export_strategy(
    serving_input_fn: Callable[[], Any],
    default_output_alternative_key: str | None = None,
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """A strategy called "Servo" that writes a SavedModel each time and keeps the newest ones.

    Exporting raises ValueError if there is a ``default_output_alternative_key`` for an Estimator of tf.estimator.
    """

    def export_fn(
        estimator: Any,
        export_dir_base: str | bytes,
        checkpoint_path: str | None = None,
        strip_default_attrs: bool = False,
    ) -> Any:
        more = {"default_output_alternative_key": default_output_alternative_key}
        if isinstance(estimator, load("python.estimator.estimator").Estimator):
            if default_output_alternative_key is not None:
                raise ValueError(
                    "default_output_alternative_key is not supported in core Estimator. "
                    f"Given: {default_output_alternative_key}"
                )
            more = {}
        exported = estimator.export_savedmodel(
            export_dir_base,
            serving_input_fn,
            assets_extra=assets_extra,
            as_text=as_text,
            checkpoint_path=checkpoint_path,
            strip_default_attrs=bool(strip_default_attrs),
            **more,
        )
        garbage_collect_exports(export_dir_base, exports_to_keep)
        return exported

    return ExportStrategy("Servo", export_fn, strip_default_attrs)


def make_parsing_export_strategy(
    feature_columns: Any,
    default_output_alternative_key: str | None = None,
    assets_extra: dict[str, str] | None = None,
    as_text: bool = False,
    exports_to_keep: int | None = 5,
    target_core: bool = False,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """`make_export_strategy` for requests of serialized Examples that hold the columns; ``target_core`` for tf.estimator."""
    feature_spec = create_feature_spec_for_parsing(feature_columns)
    if target_core:
        serving_input_fn = load("python.estimator.export.export").build_parsing_serving_input_receiver_fn(feature_spec)
    else:
        serving_input_fn = build_parsing_serving_input_fn(feature_spec)
    return make_export_strategy(
        serving_input_fn,
        default_output_alternative_key=default_output_alternative_key,
        assets_extra=assets_extra,
        as_text=as_text,
        exports_to_keep=exports_to_keep,
        strip_default_attrs=strip_default_attrs,
    )


def _has_less_loss(current: dict[str, Any], candidate: dict[str, Any]) -> bool:
    for name, result in (("curr_best_eval_result", current), ("cand_eval_result", candidate)):
        if not result or MetricKey.LOSS not in result:
            raise ValueError(f"{name} cannot be empty or no loss is found in it.")
    return bool(current[MetricKey.LOSS] > candidate[MetricKey.LOSS])


class BestModelSelector:
    """Remembers the best result of evaluations; earlier ones are read from event files.

    Args:
      event_file_pattern: of event files of earlier evaluations.
      compare_fn: whether a second result is better than a first one; by default one with a smaller loss.
    """

    def __init__(self, event_file_pattern: str | None = None, compare_fn: Compare | None = None) -> None:
        self._compare_fn = compare_fn or _has_less_loss
        self._best_eval_result: dict[str, Any] | None = None
        for event_file in tf.gfile.Glob(event_file_pattern) if event_file_pattern else []:
            for event in tf.train.summary_iterator(event_file):
                if event.HasField("summary"):
                    values = [v for v in event.summary.value if v.HasField("simple_value")]
                    self._is_best({v.tag: v.simple_value for v in values})

    def update(self, checkpoint_path: str | None, eval_result: dict[str, Any] | None) -> tuple[str, Any]:
        """Path and result if it is the best so far, or ("", None); ValueError if either is missing."""
        if not checkpoint_path:
            raise ValueError("Checkpoint path is empty.")
        if eval_result is None:
            raise ValueError(f"{checkpoint_path} has empty evaluation results.")
        return (checkpoint_path, eval_result) if self._is_best(eval_result) else ("", None)

    def _is_best(self, result: dict[str, Any]) -> bool:
        best = self._best_eval_result
        if best is not None and not self._compare_fn(best, result):
            return False
        self._best_eval_result = result
        return True


def make_best_model_export_strategy(
    serving_input_fn: Callable[[], Any],
    exports_to_keep: int | None = 1,
    model_dir: str | None = None,
    event_file_pattern: str | None = None,
    compare_fn: Compare | None = None,
    default_output_alternative_key: str | None = None,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """A strategy called "best_model" that exports a model if its evaluation is the best so far."""
    inner = make_export_strategy(
        serving_input_fn,
        exports_to_keep=exports_to_keep,
        default_output_alternative_key=default_output_alternative_key,
        strip_default_attrs=strip_default_attrs,
    )
    pattern = os.path.join(model_dir, event_file_pattern) if model_dir and event_file_pattern else None
    selector = BestModelSelector(pattern, compare_fn)

    def export_fn(estimator: Any, export_dir_base: Any, checkpoint_path: str | None, eval_result: Any = None) -> Any:
        checkpoint_path = checkpoint_path or tf.train.latest_checkpoint(estimator.model_dir)
        best_path, best_result = selector.update(checkpoint_path, eval_result)
        if not best_path or best_result is None:
            return ""
        folder = os.path.join(tf.compat.as_text(export_dir_base), os.path.basename(best_path))
        return inner.export(estimator, folder, best_path, best_result)

    return ExportStrategy("best_model", export_fn)


def extend_export_strategy(
    base_export_strategy: ExportStrategy,
    post_export_fn: Callable[[Any, Any], Any],
    post_export_name: str | None = None,
) -> ExportStrategy:
    """A strategy that gives what another one exported to ``post_export_fn(export, folder)``, which writes below ``folder``.

    Exporting raises ValueError if the function returns a path elsewhere, and RuntimeError if a folder is there already.
    """

    def export_fn(estimator: Any, export_dir_base: Any, checkpoint_path: str | None = None) -> Any:
        base_dir = _new_folder(export_dir_base, "temp-base-export-", "base")
        exported = base_export_strategy.export(estimator, base_dir, checkpoint_path)
        post_dir = _new_folder(export_dir_base, "temp-post-export-", "temp")
        result = post_export_fn(exported, post_dir)
        if not result.startswith(post_dir):
            raise ValueError(f"post_export_fn must return a sub-directory of {post_dir}")
        final = os.path.join(tf.compat.as_text(export_dir_base), os.path.relpath(result, post_dir))
        if tf.gfile.Exists(final):
            raise RuntimeError("Failed to obtain final export directory")
        tf.gfile.Rename(result, final)
        for folder in (base_dir, post_dir):
            tf.gfile.DeleteRecursively(folder)
        return final

    return ExportStrategy(post_export_name or base_export_strategy.name, export_fn)


def _new_folder(base: Any, prefix: str, name: str) -> str:
    folder = os.path.join(tf.compat.as_text(base), prefix + str(int(time.time())))
    if tf.gfile.Exists(folder):
        raise RuntimeError(f"Failed to obtain {name} export directory")
    tf.gfile.MakeDirs(folder)
    return folder
