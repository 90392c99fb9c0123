"""tf.contrib.tensorboard.plugins.projector: what TensorBoard's projector shows, as a file in the log folder."""

from ...._paths import attributes
from .config import DESCRIPTOR, EmbeddingInfo, ProjectorConfig, SpriteMetadata
from .visualize import visualize_embeddings

__getattr__ = attributes(__name__)
