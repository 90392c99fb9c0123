# %% [markdown]
# A phone, a watch, a chip in a door lock: none of them has Python, and the smallest has less memory than this page has pictures. In
# this lesson a network that reads digits becomes one small file, runs without TensorFlow, and shrinks again by counting in whole
# numbers. We measure what each step costs, and we break it on purpose, because a quantised model breaks without a word.
#
# **After this lesson you can**
#
# - turn a model into a `.tflite` file and run it in LiteRT
# - compute with scale and zero point, and say what is rounded and what is cut off
# - choose data for calibration, and recognise a file that was calibrated on the wrong data
# - feed a file that takes whole numbers
# - have an export proven instead of believing it

# %% [markdown]
# LiteRT is the new name of TensorFlow Lite. The file format and the converter kept the old name; what runs the files is the package
# `ai-edge-litert` (`pip install 'tf2kit[export]'`). `tf.lite.Interpreter` still exists, and says that it will be removed.

# %%
import tempfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from tf2kit.lessons import microseconds

folder = Path(tempfile.mkdtemp())

# %% [markdown]
# ## A small network to begin with
#
# You know it from lesson 4. New is the name of the input: applications will use it.

# %%
digits = load_digits()
pictures = (digits.images / 16).astype("float32")[..., None]
train_x, test_x, train_y, test_y = train_test_split(
    pictures, digits.target, test_size=0.25, stratify=digits.target, random_state=0
)
network = keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1), name="picture"),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]
)

# %%
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
network.compile(optimizer=keras.optimizers.Adam(0.005), loss=cross_entropy)
network.fit(train_x, train_y, batch_size=64, epochs=10, verbose=0)
original = network.predict(test_x, verbose=0)
accuracy = np.mean(original.argmax(1) == test_y)
print(f"accuracy on {len(test_y)} unseen digits: {accuracy:.3f}")
assert accuracy > 0.93

# %% [markdown]
# ## One file, with everything in it
#
# The way leads through a SavedModel, which holds the computation and not your Python class (lesson 10). The converter makes one file of
# it. We shall want several kinds, so here is a function; for now we call it with `"float32"`.

# %%
network.export(folder / "digits", verbose=False)


def convert(quantize, representative=None):
    converter = tf.lite.TFLiteConverter.from_saved_model(str(folder / "digits"))
    if quantize != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if quantize == "float16":
        converter.target_spec.supported_types = [tf.float16]
    if quantize.startswith("int8"):
        converter.representative_dataset = representative
        converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    if quantize == "int8-io":
        converter.inference_input_type = tf.int8
        converter.inference_output_type = tf.int8
    return converter.convert()


# %% [markdown]
# **Predict.** The next cell prints how many parameters the network has. Each is a 32-bit number. How many bytes will the file have,
# roughly? Run nothing yet: the two convolutions have $9 \cdot 1 \cdot 16 + 16$ and $9 \cdot 16 \cdot 32 + 32$ parameters, the last
# layer $128 \cdot 10 + 10$.

# %%
my_guess = ...

plain = convert("float32")
print(f"{network.count_params()} parameters, 4 bytes each: {4 * network.count_params()}")
reveal(my_guess, len(plain))

# %% [markdown]
# Weights, and a little for the graph: names, shapes, the order of the operations. No optimizer, no loss, no training.
#
# ## Run it without TensorFlow
#
# An *interpreter* holds the file. A *signature runner* is a function with names for its inputs and outputs:

# %%
runner = Interpreter(model_content=plain).get_signature_runner()
for name, details in [*runner.get_input_details().items(), *runner.get_output_details().items()]:
    print(f"{name:9} {details['shape_signature']} {details['dtype'].__name__}")

# %%
runner(picture=test_x[:1])["output_0"].round(2)

# %% [markdown]
# -1 is an axis whose size is open. A dictionary comes back, since models may have several outputs.
#
# **Predict.** The same weights, another program that multiplies them. Are its answers for all unseen digits *exactly* those of Keras,
# to the last bit? Guess `True` or `False`.

# %%
my_guess = ...

lite = runner(picture=test_x)["output_0"]
difference = float(np.abs(lite - original).max())
print(f"largest difference {difference:.1e}, of logits as large as {np.abs(original).max():.0f}")
assert difference < 1e-3
reveal(my_guess, difference == 0)

# %% [markdown]
# Sums are added up in another order, so they are rounded in other places (lesson 1). A difference in the sixth digit is no mistake. A
# difference in the second one would be, and nobody would tell you unless you compare.
#
# ### Exercise 14.1: ask a file
#
# Write `answer(content, pictures)`: `content` is a `.tflite` file as `bytes`. It returns the logits for all pictures as an array of shape
# `(number of pictures, 10)`.


# %%
def answer(content, pictures):
    return ...


check("14-1", answer, plain, test_x[:20])

# %% [markdown]
# ## Why anybody does this: time
#
# One picture at a time, as an application asks. Keras prepares every call for whatever may come; LiteRT did so once.

# %%
one = test_x[:1]
times = {
    "network.predict_on_batch": microseconds(lambda: network.predict_on_batch(one)),
    "LiteRT": microseconds(lambda: runner(picture=one)),
}
for name, time in times.items():
    print(f"{name:25} {time:8.0f} µs")
print(f"ratio {times['network.predict_on_batch'] / times['LiteRT']:.0f}")

# %% [markdown]
# ## Whole numbers in place of real ones
#
# Small chips have no unit for floating point, and memory is what they have least of. So a real number $r$ is written as a whole number
# $q$ of 8 bits, from -128 to 127:
#
# $$ r \approx \text{scale} \cdot (q - \text{zero point}) $$
#
# *Scale* is the size of a step, *zero point* the whole number that means 0. To find $q$: divide, round, add the zero point, and
# **clip** to -128 … 127.
#
# **Predict.** With scale 0.1 and zero point 0, which number comes back for 20.0?

# %%
my_guess = ...

q = np.clip(np.round(20.0 / 0.1), -128, 127)
reveal(my_guess, round(float(0.1 * q), 3))

# %% [markdown]
# 200 does not fit, so 127 it is. Two things get lost: half a step at most by *rounding*, and anything at all by *clipping*.
#
# ### Exercise 14.2: quantise
#
# Write `to_int8(x, scale, zero)`: it returns an array of type `int8` for an array of real numbers.


# %%
def to_int8(x, scale, zero):
    return ...


check("14-2", to_int8)

# %% [markdown]
# ### Exercise 14.3: choose the steps
#
# Somebody tells you that values lie between `low` and `high`, with 0 among them. Write `scale_and_zero(low, high)`: it returns a scale
# and a whole zero point, such that -128 means `low` and 127 means `high`. From 0 to 2.55 it is `(0.01, -128)`.


# %%
def scale_and_zero(low, high):
    return ...


check("14-3", scale_and_zero)

# %% [markdown]
# ## Where do low and high come from?
#
# Of the weights, they are known. But what flows *between* the layers depends on the pictures. So the converter asks for a
# *representative data set*: it runs the network on it, and writes down the range of every tensor. That is *calibration*. The data come
# from a function that yields lists, with one array for each input:


# %%
def calibration(pictures):
    def batches():
        for picture in pictures:
            yield [picture[None]]

    return batches


files = {
    "float32": plain,
    "float16": convert("float16"),
    "dynamic": convert("dynamic"),
    "int8": convert("int8", calibration(train_x[:100])),
}

# %% [markdown]
# (The converter may print a line of its own; it means nothing here.) *float16* keeps weights in half the bits; *dynamic* keeps weights
# in 8 bits, and chooses the ranges of all else while it runs. *int8* fixes everything beforehand.
#
# **Predict.** 8 bits are a quarter of 32. What is the size of the int8 file divided by that of the float32 file?

# %%
my_guess = ...

reveal(my_guess, round(len(files["int8"]) / len(files["float32"]), 2))

# %% [markdown]
# Not a quarter. Scales, zero points and the graph take their place too, and in a network as small as ours that shows. Now the price:


# %%
def run_file(content, pictures):
    return Interpreter(model_content=content).get_signature_runner()(picture=pictures)["output_0"]


errors = {}
for name, content in files.items():
    logits = run_file(content, test_x)
    errors[name] = np.abs(logits - original).max()
    right = np.mean(logits.argmax(1) == test_y)
    print(f"{name:8} {len(content):6} bytes, largest error {errors[name]:.1e}, accuracy {right:.3f}")
    assert right > accuracy - 0.05

# %%
figure, axis = plt.subplots(figsize=(5, 3))
for (name, error), marker in zip(errors.items(), "os^D"):
    axis.semilogy(len(files[name]) / 1000, error, marker, color="black")
    axis.annotate(name, (len(files[name]) / 1000, error), xytext=(6, 4), textcoords="offset points")
axis.set_xlim(0, 1.3 * len(plain) / 1000)
axis.set_xlabel("size of the file (kB)")
axis.set_ylabel("largest error of a logit")
rows = ", ".join(f"{n} {len(files[n]) / 1000:.1f} kB and {e:.0e}" for n, e in errors.items())
show(figure, alt=f"Size of the file against error, on a logarithmic axis: {rows}. Small files are less exact.")

# %% [markdown]
# The accuracy hardly moves, although logits do: the largest of ten numbers stays the largest as long as errors are smaller than its
# lead. That is luck of classification. Who reads *numbers* from the model (a price, an angle) feels all of the error.
#
# Compare dynamic and int8. Here int8 is neither smaller nor more exact. It is chosen for another reason: no floating point is left
# between its layers, and chips for integers can run nothing else.
#
# ## The mistake that nobody reports
#
# **Predict.** Somebody forgets that `train_x` was divided by 16 already, and divides again. These pictures calibrate the file; it is then
# used with right ones. What is its accuracy?

# %%
my_guess = ...

dark = convert("int8", calibration(train_x[:100] / 16))
dark_accuracy = np.mean(run_file(dark, test_x).argmax(1) == test_y)
print(f"with the right data it was {np.mean(run_file(files['int8'], test_x).argmax(1) == test_y):.3f}")
reveal(my_guess, round(float(dark_accuracy), 3))
assert dark_accuracy < accuracy - 0.1

# %% [markdown]
# No warning, a file of the same size, the same speed. Every tensor's range was measured on nearly black pictures; all that is brighter
# is cut off. So calibrate on what the application will send: the same preprocessing, all classes, a hundred samples or more.
#
# ### Exercise 14.4: data to calibrate on
#
# Write `samples()`, a generator for the converter: at least a hundred of the training pictures, one at a time, each as the network
# takes it, with all ten digits among them.


# %%
def samples():
    return ...


check("14-4", samples, train_x, train_y)

# %% [markdown]
# ## Which layer did it?
#
# An interpreter can keep all tensors. `tf2kit.tflite.layers` compares those of a quantised file with those of the float file: the error,
# as a share of the layer's size, and how many values were cut off. Here are both of our int8 files. (LiteRT warns that keeping all
# tensors needs memory; we know, and filter that.)

# %%
import warnings

from tf2kit.tflite import layers

warnings.filterwarnings("ignore", message=".*experimental_preserve_all_tensors")
(folder / "float32.tflite").write_bytes(plain)
for name, content in [("good", files["int8"]), ("dark", dark)]:
    (folder / f"{name}.tflite").write_bytes(content)
    for row in layers.worst(
        folder / f"{name}.tflite", folder / "float32.tflite", "serving_default", {"picture": test_x[:50]}, 3
    ):
        print(f"{name}: {row.op:16} error {row.error:4.0%}, cut off {row.cut:4.0%}")

# %% [markdown]
# `cut` is what gives bad calibration away. On the command line it is `tf2kit export tflite … --quantize int8 --layers 3`.
#
# ## Whole numbers at the door
#
# The int8 file still takes floats, and makes integers of them itself. A chip without floating point needs integers at the door, too:

# %%
chip = convert("int8-io", calibration(train_x[:100]))
chip_runner = Interpreter(model_content=chip).get_signature_runner()
for name, details in [
    *chip_runner.get_input_details().items(),
    *chip_runner.get_output_details().items(),
]:
    scale, zero = details["quantization"]
    print(f"{name:9} {details['dtype'].__name__}, scale {scale:.5f}, zero point {zero}")

# %% [markdown]
# ### Exercise 14.5: find the mistake
#
# This function reads hardly any digit right, and its logits are whole numbers:
#
# ```python
# def ask(runner, pictures):
#     return runner(picture=pictures.astype("int8"))["output_0"]
# ```
#
# Write it so that it takes pictures from 0 to 1 and returns logits as real numbers. Scale and zero point are in the details, as above.


# %%
def ask(runner, pictures):
    return ...


check("14-5", ask, chip_runner, test_x, original)

# %% [markdown]
# ## Proven, not believed
#
# All that we did by hand, export does for you: it converts, runs the file in LiteRT, compares, and gives the file its name only if the
# error is within a limit. The limit for integers is yours to say. (It starts processes of its own and takes some seconds.)

# %%
import tf2kit.tflite

np.savez(folder / "train.npz", picture=train_x[:200])
report = tf2kit.tflite.export(
    str(folder / "digits"),
    folder / "digits.tflite",
    {"quantize": "int8", "representative": str(folder / "train.npz"), "max_error": 0.5},
)
print(report.to_text().replace(f"{folder}/", ""))
assert report.proven

# %% [markdown]
# In a terminal: `tf2kit export tflite digits -o digits.tflite --quantize int8 --representative train.npz --max-error 0.5`. With
# `--quantize auto` it tries all kinds and keeps the smallest that is exact enough; `--c-array` writes C++ source for microcontrollers,
# which have no files. A model that needs operations LiteRT lacks is rewritten, or refused with their names. The converter's own way out,
# *select ops*, puts TensorFlow's operations into the file, and LiteRT for Python cannot run it.

# %% [markdown]
# > **Coming from TensorFlow 1.** You froze the graph (`freeze_graph`, `convert_variables_to_constants`), named its input and output
# > arrays, and gave it to `tf.contrib.lite.toco_convert` or, later, to `tf.lite.TFLiteConverter.from_session`. Of `tf.contrib.lite`
# > nothing is left (`tf2kit explain CTB203`). Today the SavedModel has names and shapes in its signature. Have you only an old frozen graph, or a checkpoint with its
# > `.meta` file? `tf2kit export tflite` takes these as well, with `--inputs` and `--outputs`.

# %%
quiz("14", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Scale and zero point: B. Jacob et al., *Quantization and training of neural networks for efficient integer-arithmetic-only
#   inference*, CVPR 2018.
# - The kinds of quantisation: [post-training quantization](https://ai.google.dev/edge/litert/models/post_training_quantization), LiteRT's guide.
# - Networks on chips: P. Warden and D. Situnayake, *TinyML*, O'Reilly 2019.
# - The digits: scikit-learn's copy of the UCI *Optical Recognition of Handwritten Digits*.
