# %% [markdown]
# Your network is trained; now others want its answers. Some ask over HTTP, some run it inside a program of theirs that has no TensorFlow. In
# this lesson one model goes both ways: as a SavedModel with a signature, as an ONNX file in onnxruntime, and behind a server. On the way two
# exports go wrong without an exception, and you learn to notice.
#
# **After this lesson you can**
#
# - give a SavedModel a signature that says what goes in and what comes out
# - export to ONNX, run the file, and read its error messages
# - compare an artefact with its original in a way that cannot be fooled
# - answer over HTTP in the protocol of TensorFlow Serving, refuse bad requests, and say why batches pay
# - put a new version in place while the old one runs

# %% [markdown]
# ONNX is an open file format for networks, and *onnxruntime* runs it: in Python, C++, C#, Java and browsers. Both come with
# `pip install 'tf2kit[export]'`.

# %%
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import onnx
import onnxruntime
import tensorflow as tf
import tf2onnx
from sklearn.datasets import load_wine

folder = Path(tempfile.mkdtemp())

# %% [markdown]
# ## A model that brings its preprocessing along
#
# 178 wines, 13 measurements each, three growers. Alcohol is near 13, proline near 750, so they have to be scaled. A layer does it: what is
# in the model cannot be forgotten by whoever asks it. (When it is forgotten, that is called *training-serving skew*.)

# %%
wine = load_wine()
rows = wine.data.astype("float32")
scale = keras.layers.Normalization()
scale.adapt(rows)
network = keras.Sequential(
    [
        keras.Input(shape=(13,), name="measures"),
        scale,
        keras.layers.Dense(16, activation="gelu"),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
network.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy")
network.fit(rows, wine.target, epochs=20, verbose=0)
original = network.predict(rows, verbose=0)
print(f"{np.mean(original.argmax(1) == wine.target):.3f} of the wines it learnt from are recognised")

# %% [markdown]
# ## A signature is a contract
#
# `export` writes a SavedModel. It has *signatures*: functions with a name, and names, types and shapes of all inputs and outputs. Here is
# the one that it has by default:

# %%
network.export(folder / "wine", verbose=False)
signature = tf.saved_model.load(str(folder / "wine")).signatures["serving_default"]
print("in: ", signature.structured_input_signature[1])
print("out:", signature.structured_outputs)

# %% [markdown]
# Three probabilities under the name `output_0`: whoever reads that knows little. You may write the contract yourself, with a
# `keras.export.ExportArchive`: `track` a model, `add_endpoint` a function with its `input_signature`, and `write_out`.
#
# ### Exercise 16.1: a contract of your own
#
# Write `save(path)`: it writes a SavedModel with an endpoint `classify`. It takes measures of shape `(None, 13)`, and returns a dictionary with
# `grower`, the number of the most probable class, and `sure`, its probability.


# %%
def save(path):
    return ...


check("16-1", save, rows[::20], original[::20])

# %% [markdown]
# > **Coming from TensorFlow 1.** A signature was put together from tensors of a graph: `build_tensor_info`, `predict_signature_def`,
# > `SavedModelBuilder`, in a session. Today it is a `tf.function` with a type. Those names still exist in `tf.compat.v1`, and what they wrote can
# > still be read: `tf2kit export` takes SavedModels of TensorFlow 1. For `tf.contrib.predictor` see `tf2kit explain CTB202`.

# %% [markdown]
# ## Written is not the same as right
#
# Keras can write ONNX itself, in one line.
#
# **Predict.** The next cell exports the network, and the line raises no exception. Then onnxruntime loads the file. Does it? `True` or `False`.

# %%
my_guess = ...

import warnings

warnings.simplefilter("ignore", FutureWarning)
network.export(folder / "keras.onnx", format="onnx", verbose=False)
print("bytes written:", (folder / "keras.onnx").stat().st_size)
try:
    onnxruntime.InferenceSession(folder / "keras.onnx")
    loads = True
except Exception as error:
    loads = False
    print(str(error)[-120:])
reveal(my_guess, loads)

# %% [markdown]
# Read the end of it. The activation *GELU* is computed with TensorFlow's operation `Erfc`, and ONNX has none. The converter logged it, wrote
# `Erfc` into the file all the same, and went on. A file that does not load is the kind mistake. There are others.
#
# **Predict.** `//` is floor division: -25 // 10 is -3 in Python and in TensorFlow. What does the ONNX file of this function say?

# %%
my_guess = ...


@tf.function(input_signature=[tf.TensorSpec([None], tf.int32, name="degrees")])
def tens(degrees):
    return degrees // 10


model, _ = tf2onnx.convert.from_function(tens, input_signature=tens.input_signature, opset=18)
tens_file = onnxruntime.InferenceSession(model.SerializeToString())
degrees = np.array([-25, -10, -1, 0, 25], "int32")
(said,) = tens_file.run(None, {"degrees": degrees})
print("TensorFlow:", tens(degrees).numpy(), " the file:", said)
reveal(my_guess, int(said[0]))

# %% [markdown]
# It loads, it runs, the types are right. Some numbers are wrong, and only those below zero. ONNX's `Div` cuts off towards zero; nobody
# translated the difference. Tests with positive numbers pass. So there is one rule for exports: **run the artefact in its real runtime, on
# data like yours, and compare.**
#
# ### Exercise 16.2: find the mistake
#
# This is somebody's comparison. It says `True` for a file that answers `nan`, and for one that answers with a single number where a hundred were
# asked for:
#
# ```python
# def agree(original, got, limit):
#     return not np.any(np.abs(got - original) > limit * np.maximum(1, np.abs(original)))
# ```
#
# Write it so that it cannot be fooled. `original` has no `nan`; both are arrays.


# %%
def agree(original, got, limit):
    return ...


check("16-2", agree)

# %% [markdown]
# ## The same export, proven
#
# `tf2kit export onnx` writes operations that ONNX lacks as others (GELU by `Erf`, floor division with its floor), runs the file in
# onnxruntime, and compares. Give it data like yours: drawn numbers may miss what matters. It starts processes of its own, which takes some seconds.

# %%
import tf2kit.export.onnx
from tf2kit.export.story import Proof

np.savez(folder / "wine.npz", measures=rows)
report = tf2kit.export.onnx.export(str(folder / "wine"), folder / "wine.onnx", proof=Proof(samples=folder / "wine.npz"))
print(report.to_text().replace(f"{folder}/", ""))
assert report.proven

# %% [markdown]
# In a terminal: `tf2kit export onnx wine -o wine.onnx --samples wine.npz`. The file is a graph of operations, and can be looked at:

# %%
content = onnx.load(folder / "wine.onnx")
print(Counter(node.op_type for node in content.graph.node))
session = onnxruntime.InferenceSession(folder / "wine.onnx")
for value in [*session.get_inputs(), *session.get_outputs()]:
    print(f"{value.name:9} {value.type}, last axis {value.shape[-1]}")

# %%
(probabilities,) = session.run(None, {"measures": rows})
agreement = np.abs(probabilities - original).max()
print(f"largest difference from Keras: {agreement:.1e}")
assert agreement < 1e-4

# %% [markdown]
# `run` takes names of outputs (`None` for all) and a dictionary of inputs, and returns a list. It converts nothing for you:
#
# **Predict.** NumPy's usual type has 64 bits. How many of these three calls work: one with 64-bit numbers, one with a single wine of shape
# `(13,)`, one with 12 measures?

# %%
my_guess = ...

works = 0
for given in [rows.astype("float64"), rows[0], rows[:, :12]]:
    try:
        session.run(None, {"measures": given})
        works += 1
    except Exception as error:
        print(" ".join(str(error).split())[19:150])
reveal(my_guess, works)

# %% [markdown]
# Strict is good: each message names what came and what was expected. A wrong type that is converted in silence is a bug you find later.
#
# ### Exercise 16.3: be kind once, in one place
#
# Write `ask(session, measures)`: `measures` is a list of lists (or an array) of any number type, or a single wine of 13 numbers. It returns
# probabilities of shape `(number of wines, 3)`.


# %%
def ask(session, measures):
    return ...


check("16-3", ask, session, wine.data[:3])

# %% [markdown]
# ## Behind HTTP
#
# TensorFlow Serving, the server of TensorFlow's makers, speaks JSON: `{"instances": [row, row]}` goes in, `{"predictions": [...]}` comes back.
# Here is a server that speaks it too, so short that you can see everything. (The real one is
# `docker run -p 8501:8501 -v …:/models/wine -e MODEL_NAME=wine tensorflow/serving`.)

# %%
SERVER = """
import json, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
import numpy, onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1])

class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        measures = numpy.array(body["instances"], "float32")
        (found,) = session.run(None, {"measures": measures})
        answer = json.dumps({"predictions": found.tolist()}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(answer)

server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
"""
(folder / "server.py").write_text(SERVER)

# %% [markdown]
# Port 0 means "any that is free"; the server prints which one it got. The next cell starts it in a process of its own, and ends that process
# whatever happens.


# %%
@contextlib.contextmanager
def serving():
    process = subprocess.Popen(
        [sys.executable, folder / "server.py", folder / "wine.onnx"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    limit = threading.Timer(60, process.kill)
    limit.start()
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/v1/models/wine:predict"
    finally:
        limit.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


# %% [markdown]
# And here is a client:


# %%
def post(address, instances):
    body = json.dumps({"instances": instances}).encode()
    with urllib.request.urlopen(address, body, timeout=20) as response:
        return json.loads(response.read())["predictions"]


with serving() as address:
    print(np.round(post(address, rows[:2].tolist()), 3))

# %% [markdown]
# **Predict.** A client sends a wine with 12 measures. Which status does it get: 200 (well), 400 (your request is bad), 500 (the server is
# broken), or `"none"`, no answer at all?

# %%
my_guess = ...

with serving() as address:
    try:
        post(address, rows[:1, :12].tolist())
        status = 200
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError as error:
        status = "none"
        print(type(error).__name__)
reveal(my_guess, status)

# %% [markdown]
# The exception ended the handler, and the connection with it. The client cannot tell a bad request from a dead server, and tries again,
# with the same request. The server's traceback is in a log that the client never sees.
#
# ### Exercise 16.4: answer everybody
#
# Write `handle(body)`: `body` is the bytes of a request. It returns a status and a dictionary that JSON can hold: `200,
# {"predictions": [...]}`, or for anything that cannot be answered `400, {"error": "…"}` with a sentence. Use `session`.


# %%
def handle(body):
    return ...


check("16-4", handle, rows[:2], original[:2])

# %% [markdown]
# ## Why servers love batches
#
# 100 wines: each in a request of its own, or all in one.

# %%
some = rows[:100].tolist()
with serving() as address:
    post(address, some)
    begin = time.perf_counter()
    for row in some:
        post(address, [row])
    middle = time.perf_counter()
    post(address, some)
    end = time.perf_counter()
print(f"100 requests: {1000 * (middle - begin):.0f} ms, one request: {1000 * (end - middle):.1f} ms")
print(f"ratio {(middle - begin) / (end - middle):.0f}")

# %% [markdown]
# Connections, JSON and calls cost far more than 100 wines do. Even without HTTP, a call has a price of its own:

# %%
from tf2kit.lessons import microseconds

sizes = [1, 10, 100]
per_wine = [microseconds(lambda size=size: session.run(None, {"measures": rows[:size]})) / size for size in sizes]
figure, axis = plt.subplots(figsize=(4, 2.5))
axis.loglog(sizes, per_wine, "o-", color="black")
axis.set_xlabel("wines in a batch")
axis.set_ylabel("µs per wine")
show(
    figure,
    alt=f"Microseconds per wine in onnxruntime: {per_wine[0]:.1f} alone, {per_wine[1]:.2f} in a batch of 10, "
    f"{per_wine[2]:.2f} in a batch of 100.",
)

# %% [markdown]
# That is why TensorFlow Serving can wait some milliseconds and answer the
# requests of several clients as one batch: some latency is traded for much throughput.
#
# ## A new version, while the old one runs
#
# A server should not be stopped for a better model. TensorFlow Serving watches a folder with one sub-folder for each version, named by a number
# (`wine/1`, `wine/2`), and serves the largest. Going back is removing a folder.
#
# It may look while you are still writing. So write under another name (`3.part`), and rename at the end: renaming is one step, done or not done.
#
# ### Exercise 16.5: which one is served?
#
# Write `newest(path)`: of the folders in `path` whose name is a whole number, it returns the path of the one with the largest.


# %%
def newest(path):
    return ...


check("16-5", newest)

# %%
quiz("16", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Requests and answers: [RESTful API](https://www.tensorflow.org/tfx/serving/api_rest) of TensorFlow Serving; versions:
#   C. Olston et al., *TensorFlow-Serving: flexible, high-performance ML serving*, 2017, arXiv:1712.06139.
# - Signatures: [Export API](https://keras.io/api/models/model_saving_apis/export/), Keras documentation.
# - What `Div` and `Erf` do: [ONNX operators](https://onnx.ai/onnx/operators/).
# - The wines: M. Forina et al., UCI Machine Learning Repository, in scikit-learn's version.
