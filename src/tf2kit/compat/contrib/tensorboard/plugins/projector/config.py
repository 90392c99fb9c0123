"""The messages of projector_config.proto; TensorFlow no longer brings TensorBoard, which has them.

The descriptor is that of TensorFlow 1.15, contrib/tensorboard/plugins/projector/projector_config.proto, Copyright 2016
The TensorFlow Authors, Apache License 2.0.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

__all__ = ["DESCRIPTOR", "EmbeddingInfo", "ProjectorConfig", "SpriteMetadata"]
_Field = descriptor_pb2.FieldDescriptorProto
# message -> name, type and whether it repeats, in the order of their numbers
_MESSAGES: dict[str, tuple[tuple[str, Any, bool], ...]] = {
    "SpriteMetadata": (("image_path", _Field.TYPE_STRING, False), ("single_image_dim", _Field.TYPE_UINT32, True)),
    "EmbeddingInfo": (
        ("tensor_name", _Field.TYPE_STRING, False),
        ("metadata_path", _Field.TYPE_STRING, False),
        ("bookmarks_path", _Field.TYPE_STRING, False),
        ("tensor_shape", _Field.TYPE_UINT32, True),
        ("sprite", "SpriteMetadata", False),
        ("tensor_path", _Field.TYPE_STRING, False),
    ),
    "ProjectorConfig": (
        ("model_checkpoint_path", _Field.TYPE_STRING, False),
        ("embeddings", "EmbeddingInfo", True),
        ("model_checkpoint_dir", _Field.TYPE_STRING, False),
    ),
}


def _file() -> Any:
    path = "tensorflow/contrib/tensorboard/plugins/projector/projector_config.proto"
    file = descriptor_pb2.FileDescriptorProto(name=path, package="tensorflow", syntax="proto3")
    for message, fields in _MESSAGES.items():
        made = file.message_type.add(name=message)
        for number, (name, kind, repeated) in enumerate(fields, 1):
            label = _Field.LABEL_REPEATED if repeated else _Field.LABEL_OPTIONAL
            field = made.field.add(name=name, number=number, label=label)
            if isinstance(kind, str):
                field.type, field.type_name = _Field.TYPE_MESSAGE, f".tensorflow.{kind}"
            else:
                field.type = kind
    # a pool of its own: TensorBoard, if it is there, registers the same messages in the common one
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool.FindFileByName(path)


DESCRIPTOR = _file()
SpriteMetadata, EmbeddingInfo, ProjectorConfig = (
    message_factory.GetMessageClass(DESCRIPTOR.message_types_by_name[name]) for name in _MESSAGES
)
