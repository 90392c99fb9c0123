"""Lesson 16: ONNX and serving."""

from __future__ import annotations

from ..model import Exercise, Lesson, Question
from . import checks_16

_SAVE = """
def save(path):
    def classify(measures):
        probabilities = network(measures)
        {}

    archive = keras.export.ExportArchive()
    archive.track(network)
    signature = [tf.TensorSpec((None, 13), tf.float32, name="measures")]
    archive.add_endpoint({}, fn=classify, input_signature=signature)
    archive.write_out(path, verbose=False)
"""
_DICTIONARY = 'return {"grower": tf.argmax(probabilities, axis=1), "sure": tf.reduce_max(probabilities, axis=1)}'
_HANDLE = """
def handle(body):
    try:
        measures = np.array(json.loads(body)["instances"], "float32")
        (found,) = session.run(None, {"measures": measures})
    except Exception as error:
        return 400, {"error": f"This cannot be answered: {error}"}
    return 200, {"predictions": RESULT}
"""

LESSON = Lesson(
    number=16,
    slug="onnx_and_serving",
    title="ONNX and serving",
    minutes=45,
    needs=(4,),
    rules=("CTB202",),
    exercises=(
        Exercise(
            "16-1",
            "a signature says what a model takes and what it gives",
            checks_16.save,
            hints=(
                "Write a function `classify(measures)` inside `save`, which calls `network` and returns the dictionary.",
                '`archive.add_endpoint("classify", fn=classify, input_signature=[tf.TensorSpec((None, 13), tf.float32)])`',
                "Before it `archive.track(network)`, behind it `archive.write_out(path)`.",
            ),
            solution=_SAVE.format(_DICTIONARY, '"classify"'),
            wrong=(
                _SAVE.format("return probabilities", '"classify"'),
                _SAVE.format(_DICTIONARY, '"serve"'),
                "def save(path):\n    network.export(path, verbose=False)",
            ),
        ),
        Exercise(
            "16-2",
            "a comparison asks whether all is within the limit, and not whether something is beyond it",
            checks_16.agree,
            hints=(
                "`np.nan > 1` is False, and so is `np.nan <= 1`. Which of the two questions lets it pass?",
                "Start with `original.shape == got.shape and …`.",
            ),
            solution="""
            def agree(original, got, limit):
                if original.shape != got.shape:
                    return False
                return bool(np.all(np.abs(got - original) <= limit * np.maximum(1, np.abs(original))))
            """,
            wrong=(
                """
                def agree(original, got, limit):
                    if original.shape != got.shape:
                        return False
                    return not np.any(np.abs(got - original) > limit * np.maximum(1, np.abs(original)))
                """,
                """
                def agree(original, got, limit):
                    return bool(np.all(np.abs(got - original) <= limit * np.maximum(1, np.abs(original))))
                """,
                """
                def agree(original, got, limit):
                    return original.shape == got.shape and bool(np.all(np.abs(got - original) <= limit))
                """,
            ),
        ),
        Exercise(
            "16-3",
            "inputs are brought into form in one place",
            checks_16.ask,
            hints=(
                '`np.asarray(measures, "float32")` takes lists and arrays of any type.',
                "`.reshape(-1, 13)` makes one row of a single wine, and leaves several as they are.",
            ),
            solution="""
            def ask(session, measures):
                measures = np.asarray(measures, "float32").reshape(-1, 13)
                return session.run(None, {"measures": measures})[0]
            """,
            wrong=(
                """
                def ask(session, measures):
                    return session.run(None, {"measures": np.asarray(measures, "float32")})[0]
                """,
                """
                def ask(session, measures):
                    return session.run(None, {"measures": np.array(measures).reshape(-1, 13)})[0]
                """,
                """
                def ask(session, measures):
                    measures = np.asarray(measures, "float32").reshape(-1, 13)
                    return session.run(None, {"measures": measures})
                """,
            ),
        ),
        Exercise(
            "16-4",
            "every request gets an answer, a bad one as well",
            checks_16.handle,
            hints=(
                "Put everything that may fail into one `try`; `except Exception as error:` answers 400.",
                "JSON has lists, not arrays: `found.tolist()`.",
            ),
            solution=_HANDLE.replace("RESULT", "found.tolist()"),
            wrong=(
                _HANDLE.replace("RESULT", "found"),
                """
                def handle(body):
                    measures = np.array(json.loads(body)["instances"], "float32")
                    (found,) = session.run(None, {"measures": measures})
                    return 200, {"predictions": found.tolist()}
                """,
                """
                def handle(body):
                    try:
                        measures = np.array(json.loads(body)["instances"], "float32")
                        (found,) = session.run(None, {"measures": measures})
                    except KeyError as error:
                        return 400, {"error": f"There is no {error}"}
                    return 200, {"predictions": found.tolist()}
                """,
            ),
        ),
        Exercise(
            "16-5",
            "versions are numbers, and half a version is none",
            checks_16.newest,
            hints=(
                "`path.iterdir()` gives paths; each has a `name`.",
                "`max(…, key=lambda part: int(part.name))` of those with `part.name.isdigit()`.",
            ),
            solution="""
            def newest(path):
                numbered = [part for part in Path(path).iterdir() if part.name.isdigit()]
                return max(numbered, key=lambda part: int(part.name))
            """,
            wrong=(
                "def newest(path):\n    return max(Path(path).iterdir())",
                """
                def newest(path):
                    return max(part for part in Path(path).iterdir() if part.name.isdigit())
                """,
            ),
        ),
    ),
    quiz=(
        Question(
            "An exporter ends without an exception. What do you know?",
            (
                "That the file computes what the model computes.",
                "That the file can be loaded.",
                "That a file was written.",
            ),
            "c",
            "you saw one that does not load, and one that loads and computes something else.",
        ),
        Question(
            "Why is `Normalization` in the model better than scaling in the client?",
            (
                "It is faster.",
                "Every client gets the scaling of the training, with its numbers; none can forget it or have an old one.",
                "ONNX requires it.",
            ),
            "b",
            "what is preprocessed twice, or otherwise, gives wrong answers without an error.",
        ),
        Question(
            "An export was compared on four random inputs. It agreed. What could still be wrong?",
            (
                "Whatever only other inputs show: negative numbers, long texts, an open batch size.",
                "Nothing: the operations are the same for all inputs.",
                "Only the speed.",
            ),
            "a",
            "floor division was right for every positive number.",
        ),
        Question(
            "A client sends text where numbers belong. Which answer helps it most?",
            (
                "500: something went wrong.",
                "400, and a sentence that says what was expected.",
                "200 with an empty list.",
            ),
            "b",
            "400 says: do not try again with the same. The sentence says what to change.",
        ),
        Question(
            "Your server waits up to 5 ms to put requests of several clients into one batch. What changes?",
            (
                "Each answer comes sooner.",
                "The answers become less exact.",
                "An answer may come up to 5 ms later, and the server can answer many more in a second.",
            ),
            "c",
            "throughput is bought with latency; how much is a number to be measured.",
        ),
    ),
)
