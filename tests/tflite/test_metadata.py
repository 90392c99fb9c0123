"""What is said about a model inside its file."""

import base64

import pytest
from tf2kit.tflite import metadata, metadata_schema

from tf2kit.export import ExportError, Signature, TensorSpec

# written by tflite-support 0.4.4 from its own classes: a normalised image in, classes with labels out, statistics that we do not keep
_THEIRS = base64.b64decode(
    "HAAAAE0wMDEUABAADAAAAAAACAAAAAAAAAAEABQAAAAMAAAAFAAAAEgBAAAFAAAAMS4wLjAAAAABAAAAEAAAAAwAEAAMAAAACAAEAAwAAAAMAAAAbAAAAAwBAAABAAAA"
    "GAAAAAAAEgAMAAgAAAAAAAAAAAAAAAQAEgAAAAgAAAA0AAAAAQAAABAAAAAAAAoADAAIAAAABwAKAAAAAAAAAgQAAAAKAAAAbGFiZWxzLnR4dAAABwAAAGNsYXNzZXMA"
    "AQAAABQAAAAQABQAEAAMAAAAAAAIAAQAEAAAABAAAAAoAAAAZAAAAHAAAADI////CAAAAAwAAAABAAAAAAAAAAEAAAAAAIA/AQAAAAwAAAAIAAwACwAEAAgAAAAQAAAA"
    "AAAAAQgADAAIAAQACAAAAAgAAAAMAAAAAQAAAAAAAEMBAAAAAAD/QggAAABBbiBpbWFnZQAAAAAFAAAAaW1hZ2UAAAAEAAAAbWFpbgAAAAAGAAAAdGhlaXJzAAA="
)
IMAGE = Signature(
    "serving_default",
    {"image": TensorSpec("image", (None, 8, 8, 3), "float32")},
    {"classes": TensorSpec("classes", (None, 3), "float32")},
)


def test_what_the_library_of_tensorflow_wrote_is_read():
    found = metadata_schema.read(_THEIRS)
    graph = found["subgraph_metadata"][0]
    image, classes = graph["input_tensor_metadata"][0], graph["output_tensor_metadata"][0]
    assert (found["name"], found["min_parser_version"], graph["name"]) == ("theirs", "1.0.0", "main")
    assert (image["name"], image["description"]) == ("image", "An image")
    assert image["process_units"] == [{"options": {"table": "NormalizationOptions", "mean": [127.5], "std": [128.0]}}]
    assert classes["associated_files"] == [{"name": "labels.txt", "type": metadata_schema.AXIS_LABELS}]


def test_what_is_written_is_read_again():
    content = {
        "name": "digits",
        "description": "Wörter und Zahlen",
        "subgraph_metadata": [
            {
                "name": "main",
                "input_tensor_metadata": [
                    {"name": "x", "content": {"content_properties": {"table": "ImageProperties", "color_space": 1}}},
                    {"name": "y", "process_units": [{"options": {"table": "NormalizationOptions", "mean": [1.5, 2], "std": [3]}}]},
                ],
                "output_tensor_metadata": [{"name": "z", "associated_files": [{"name": "a.txt", "description": "b", "type": 2}]}],
            }
        ],
        "min_parser_version": "1.0.0",
    }  # fmt: skip
    packed = metadata_schema.write(content)
    assert packed[4:8] == b"M001"
    assert metadata_schema.read(packed) == content


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"labels": ["a", "b"]}, "There are 2 labels; outputs are classes (None, 3)"),
        ({"labels": ["a", "b", "c"], "labels_for": "other"}, "labels_for"),
        ({"mean": 1}, "a mean and a std"),
        ({"mean": 1, "std": 2, "normalised": "picture"}, "of one input"),
        ({"autor": "me"}, 'has no "autor"'),
    ],
)
def test_what_does_not_fit_the_model_is_refused_before_anything_is_written(given, said):
    with pytest.raises(ExportError) as error:
        metadata.written(b"", IMAGE, given)
    assert said in error.value.sentence()
    assert error.value.usage


def test_a_file_that_nothing_is_said_about_stays_as_it_is():
    assert metadata.written(b"content", IMAGE, {}) == b"content"
