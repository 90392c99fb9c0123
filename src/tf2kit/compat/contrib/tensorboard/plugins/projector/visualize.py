"""The file that TensorBoard's projector reads."""

from __future__ import annotations

import os
from typing import Any

import tensorflow.compat.v1 as tf
from google.protobuf import text_format

__all__ = ["visualize_embeddings"]


def visualize_embeddings(summary_writer: Any, config: Any) -> None:
    """Write ``projector_config.pbtxt`` into the folder of a ``tf.summary.FileWriter``; ValueError if it has none.

    ``config`` is a `ProjectorConfig`; without ``model_checkpoint_path`` TensorBoard takes the last checkpoint of the folder.
    """
    folder = summary_writer.get_logdir()
    if folder is None:
        raise ValueError("Summary writer must have a logdir")
    path = os.path.join(folder, "projector_config.pbtxt")
    with tf.io.gfile.GFile(path, "w") as file:
        file.write(text_format.MessageToString(config))
