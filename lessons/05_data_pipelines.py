# %% [markdown]
# Until now all data was one array in memory. Yours will be a folder of a million pictures, or a file that is larger than your memory.
# While the model computes, somebody has to read, decode, shuffle and stack the next examples, and must never be late. That is the work of
# `tf.data`. In this lesson you build such a pipeline from files, and find out where each of its steps belongs.
#
# **After this lesson you can**
#
# - build a pipeline from files to batches, and say in which order its steps belong
# - choose a shuffle buffer, and recognise one that is too small
# - place `cache`, so that it saves time and does not freeze what should be random
# - write and read TFRecord files, and use data sets of tensorflow-datasets, also your own
# - measure what a pipeline waits for

# %%
import tempfile
import time
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
folder = Path(tempfile.mkdtemp())

# %% [markdown]
# ## A dataset is a recipe
#
# `from_tensor_slices` takes arrays apart along their first axis, `map` applies a function to each element, and `for` runs it all.
#
# **Predict.** The next cell maps a function over five numbers. How often does Python enter that function? Write a number.

# %%
my_guess = ...

entered = []


def double(number):
    entered.append("once more")
    return number * 2


doubled = tf.data.Dataset.from_tensor_slices([1, 2, 3, 4, 5]).map(double)
print([int(number) for number in doubled])
reveal(my_guess, len(entered))

# %% [markdown]
# Five results, but Python was there only when the recipe was written. The function became a graph (lesson 7), and that graph runs without
# Python, for each element, in other threads. So what stands in it must be TensorFlow: for a tensor that holds a path, Python's
# `path.split("/")` does not exist, `tf.strings.split` does.
#
# > **Coming from TensorFlow 1.** Queues, `tf.train.batch` and `feed_dict` are gone; so are `make_one_shot_iterator` and
# > `get_next`, which you ran in a session until `OutOfRangeError` came. A dataset is now something that `for` and `model.fit` understand.
# > `tf2kit migrate --to native` lifts such loops where it can (`tf2kit explain NAT500`), and says where it cannot (`NAT501`).

# %% [markdown]
# ## The order of steps has a meaning
#
# `batch` stacks elements, `repeat` goes over the data again.
#
# **Predict.** Ten numbers, twice, in batches of four. How many batches come from `repeat(2).batch(4)`, and how many from
# `batch(4).repeat(2)`? Write a list of two numbers.

# %%
my_guess = ...

ten = tf.data.Dataset.range(10)
one, other = ten.repeat(2).batch(4), ten.batch(4).repeat(2)
for batch in one:
    print(batch.numpy(), end=" ")
reveal(my_guess, [len(list(one)), len(list(other))])

# %% [markdown]
# In the first one the third batch has numbers of both epochs; in the second each epoch ends with a short batch of two. Neither raises
# anything. Read a pipeline from left to right, and ask at each point: what is one element here?
#
# ## A shuffle is as good as its buffer
#
# `shuffle(n)` keeps a buffer of `n` elements, gives out a random one and refills its place from the stream. Data on a disk is often sorted,
# a folder per class. So here are the 1,797 digits sorted by label: first all 0, then all 1, and so on.
#
# **Predict.** They are shuffled with a buffer of 100. How many different digits are there among the first 32?

# %%
my_guess = ...

by_label = tf.data.Dataset.from_tensor_slices(np.sort(digits.target))
first = next(by_label.shuffle(100).batch(32).as_numpy_iterator())
print(first)
reveal(my_guess, len(set(first)))

# %% [markdown]
# The first 32 elements can only come from the first 131. A network that is trained so sees one class, then the next, and forgets the
# one before. Here is the place at which each of 1,797 elements comes out, for three buffers:

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 3), sharey=True)
furthest = []
for axis, size in zip(axes, [10, 300, 1797]):
    order = np.array(list(tf.data.Dataset.range(1797).shuffle(size).as_numpy_iterator()))
    furthest.append(int(np.max(order[:100])))
    axis.plot(order, ".", markersize=1.5, color="black")
    axis.set_title(f"buffer {size}")
    axis.set_xlabel("place in the output")
axes[0].set_ylabel("place in the data")
show(
    figure,
    alt="Place in the data against place in the output. Buffer 10: a thin diagonal line. "
    "Buffer 300: a thick band along it. Buffer 1797: points everywhere. "
    "Among the first hundred outputs the furthest elements are "
    f"{furthest[0]}, {furthest[1]} and {furthest[2]}.",
)

# %% [markdown]
# When all of it fits, the buffer is the size of the data. When it does not, shuffle what is small: the list of *file names*, before
# anything is read; then a buffer of some thousand examples on top.
#
# ### Exercise 5.1: the standard pipeline
#
# Write `batches(x, y, size)`: a dataset of pairs `(some of x, the same of y)`, in batches, well shuffled, in another order in every epoch,
# and with every example exactly once per epoch.


# %%
def batches(x, y, size):
    return ...


check("05-1", batches)

# %% [markdown]
# ## From files
#
# Here is the folder that you may know from work: pictures, with the label in the name.

# %%
for number, (image, label) in enumerate(zip(digits.images[:400], digits.target)):
    png = tf.io.encode_png(np.uint8(image * 15.9)[..., None])
    tf.io.write_file(f"{folder}/pictures/{number:04}_is_{label}.png", png)

paths = sorted(str(path) for path in (folder / "pictures").glob("*.png"))
print(len(paths), "files, such as", Path(paths[5]).name)

# %% [markdown]
# Reading and decoding are operations too, so they run in the pipeline, on one path at a time:

# %%
png = tf.io.read_file(paths[5])
picture = tf.io.decode_png(png, channels=1)
brightest = int(tf.reduce_max(picture))
print(len(png.numpy()), "bytes become", picture.shape, picture.dtype.name, "up to", brightest)

# %% [markdown]
# ### Exercise 5.2: from a path to an example
#
# Write `load(path)` for such a path. It returns the picture as `float32` of shape `(8, 8, 1)` between 0 and 1 (divide by 255), and the label
# as `int32`: the character in front of `.png`. It runs inside of `map`, so `path` is a tensor.


# %%
def load(path):
    return ...


check("05-2", load)

# %% [markdown]
# ## Cache what is slow, and nothing that is random
#
# Decoding gives the same in every epoch. `cache()` keeps what has come so far, in memory, or in a file when you name one. Pictures are
# often *augmented* as well: moved or turned a little, at random, so that the network never sees the same picture twice.
#
# **Predict.** Below, each of 100 numbers gets some random noise, and then comes `cache`. In how many of the 100 does the second epoch
# differ from the first?

# %%
my_guess = ...

chance = tf.random.Generator.from_seed(5)


def noisy(number):
    return tf.cast(number, tf.float32) + chance.uniform([])


def differing(dataset):
    first, second = list(dataset.as_numpy_iterator()), list(dataset.as_numpy_iterator())
    return int(np.sum(np.array(first) != np.array(second)))


numbers = tf.data.Dataset.range(100)
print("noise, not kept:", differing(numbers.map(noisy)))
reveal(my_guess, differing(numbers.map(noisy).cache()))

# %% [markdown]
# The noise was kept with the rest: the augmentation is drawn once and learnt by heart. The same happens to `shuffle` in front of
# `cache`. So: read and decode, `cache`, `shuffle`, augment, `batch`.
#
# Why the `Generator`, and not `tf.random.uniform`? The first cell of this lesson has set a seed.
#
# **Predict.** No `cache` now, and `tf.random.uniform`. In how many of 100 numbers does the second epoch differ?

# %%
my_guess = ...


def seeded(number):
    return tf.cast(number, tf.float32) + tf.random.uniform([])


reveal(my_guess, differing(numbers.map(seeded)))

# %% [markdown]
# Each epoch runs the recipe from its beginning, and with a seed the operation's random numbers begin anew as well. Without a seed they would
# not, so the trap closes only for those who want to repeat their work. A `Generator` keeps its state in a variable outside of the recipe.
#
# ### Exercise 5.3: find the mistake
#
# Somebody wrote this, and wonders why every epoch takes as long as the first:
#
# ```python
# def pipeline(dataset, decode, augment):
#     return dataset.cache().map(augment).map(decode)
# ```
#
# `decode` is slow and always gives the same; `augment` is quick, random, and works on what `decode` returns. Write it so that each element
# is decoded once, however many epochs there are, and augmented anew in each.


# %%
def pipeline(dataset, decode, augment):
    return ...


check("05-3", pipeline)

# %% [markdown]
# ## What does a pipeline wait for?
#
# A stopwatch and a slow disk are all that we need. The disk is a pretence, so that it is equally slow on your machine: it answers after
# 4 milliseconds, and does not use the processor meanwhile.


# %%
def wait_and_return(number):
    time.sleep(0.004)
    return number


def slow_read(number):
    answer = tf.numpy_function(wait_and_return, [number], tf.int64)
    return tf.ensure_shape(answer, [])


def seconds(dataset, step=0.0):
    begin = time.perf_counter()
    for _ in dataset:
        time.sleep(step)  # the model computes
    return time.perf_counter() - begin


reading = tf.data.Dataset.range(200).map(slow_read).batch(4)
one_by_one = seconds(reading)
print(f"one after the other: {one_by_one:.2f} s; 200 times 4 ms are {200 * 0.004:.2f} s")

# %% [markdown]
# Elements do not depend on each other, so several can be read at the same time. `num_parallel_calls=tf.data.AUTOTUNE` lets `tf.data` find out
# how many.
#
# **Predict.** Sixteen threads and AUTOTUNE: how many times faster is that than one after the other? The cell also tries AUTOTUNE alone.

# %%
my_guess = ...

at_once = tf.data.Dataset.range(200).map(slow_read, num_parallel_calls=tf.data.AUTOTUNE)
parallel = at_once.batch(4)
alone = seconds(parallel)

options = tf.data.Options()
options.threading.private_threadpool_size = 16
with_threads = seconds(parallel.with_options(options))
print(f"AUTOTUNE: {alone:.2f} s, with 16 threads: {with_threads:.2f} s")
assert with_threads < one_by_one / 2
reveal(my_guess, round(one_by_one / with_threads, 1))

# %% [markdown]
# AUTOTUNE alone cannot gain more than your number of processors: `tf.data` has one thread for each, which is right for computing. A thread
# that waits for a disk blocks a place, so for waiting you want more threads than processors. For decoding pictures you do not.
#
# The second way to gain time is to prepare the next batch *while* the model computes. That is `prefetch`, and it is said to belong at the end
# of every pipeline. Here the model takes 16 ms per batch, as long as four reads.
#
# **Predict.** How many times faster does `prefetch` make it? Write a number.

# %%
my_guess = ...

plain = tf.data.Options()
plain.experimental_optimization.apply_default_optimizations = False
rows = {
    "no prefetch, no optimizations": reading.with_options(plain),
    "prefetch, no optimizations": reading.prefetch(2).with_options(plain),
    "no prefetch": reading,
    "prefetch": reading.prefetch(tf.data.AUTOTUNE),
}
took = {name: seconds(dataset, step=0.016) for name, dataset in rows.items()}
for name, time_taken in took.items():
    print(f"{name:30} {time_taken:.2f} s")
assert took["prefetch, no optimizations"] < 0.8 * took["no prefetch, no optimizations"]
reveal(my_guess, round(took["no prefetch"] / took["prefetch"], 2))

# %% [markdown]
# The first two rows are what textbooks tell: reading and computing take turns, or they overlap, which costs only the longer one. The other two
# are what you get today: `tf.data` rewrites your recipe before it runs, and work overlaps whether you ask for it or not. Writing `prefetch`
# does no harm and makes the intention clear. But measure before you believe that it saved time.
#
# **Predict.** Last question of speed: a cheap step. Is it faster to divide each picture by 16 and then make batches, or to make batches and divide
# those? Write how many times faster the second one is.

# %%
my_guess = ...


def scale(x):
    return x / 16


pictures = tf.data.Dataset.from_tensor_slices(digits.images.astype("float32")).repeat(3)
each, whole = pictures.map(scale).batch(64), pictures.batch(64).map(scale)
each_time = min(seconds(each) for _ in range(3))
whole_time = min(seconds(whole) for _ in range(3))
print(f"divide, then batch: {each_time:.3f} s; batch, then divide: {whole_time:.3f} s")
reveal(my_guess, round(each_time / whole_time, 1))

# %% [markdown]
# It is lesson 2 again: few operations on large tensors. What is cheap and works on whole batches goes behind `batch`.
#
# ## One large file instead of many small ones
#
# A million small files are slow on every disk. A *TFRecord* file is a row of byte strings, by convention each one a `tf.train.Example`: a
# dictionary of lists of bytes, floats or whole numbers.

# %%
with tf.io.TFRecordWriter(f"{folder}/digits.tfrecord") as writer:
    for path, label in zip(paths, digits.target):
        png = tf.train.BytesList(value=[tf.io.read_file(path).numpy()])
        number = tf.train.Int64List(value=[label])
        features = {
            "picture": tf.train.Feature(bytes_list=png),
            "label": tf.train.Feature(int64_list=number),
        }
        example = tf.train.Example(features=tf.train.Features(feature=features))
        writer.write(example.SerializeToString())

record = next(iter(tf.data.TFRecordDataset(f"{folder}/digits.tfrecord")))
print("one record has", len(record.numpy()), "bytes")

# %% [markdown]
# The file does not know what is in it; the reader must say. `tf.io.parse_single_example(record, {"name": tf.io.FixedLenFeature(shape, type)})`
# gives a dictionary of tensors. The type is `tf.string` for bytes, and `tf.int64` or `tf.float32` for numbers.
#
# ### Exercise 5.4: read a record
#
# Write `parse(record)`. It returns the picture as in 5.2 (`float32`, `(8, 8, 1)`, between 0 and 1), and the label as a number, which has shape `()`.


# %%
def parse(record):
    return ...


check("05-4", parse)

# %% [markdown]
# ## Data sets with a name: tensorflow-datasets
#
# With a network, `tfds.load("mnist", split="train")` downloads, prepares and remembers a set; there are hundreds. What it makes is what
# you just made: TFRecord files, and a description of what is in them. Your own data can become such a set, and that needs no network:

# %%
import tensorflow_datasets as tfds

tfds.disable_progress_bar()
everything = {"image": np.uint8(digits.images)[..., None], "label": digits.target}


def rows_of(begin, end):
    part = {name: column[begin:end] for name, column in everything.items()}
    return tf.data.Dataset.from_tensor_slices(part)


# %%
features = {
    "image": tfds.features.Image(shape=(8, 8, 1)),
    "label": tfds.features.ClassLabel(num_classes=10),
}
tfds.dataset_builders.store_as_tfds_dataset(
    name="small_digits",
    version="1.0.0",
    features=tfds.features.FeaturesDict(features),
    split_datasets={"train": rows_of(0, 1400), "test": rows_of(1400, 1797)},
    data_dir=folder,
)
sorted(path.name for path in (folder / "small_digits").rglob("*.*"))

# %% [markdown]
# It has a name, a version, splits, and types; whoever loads it needs no other knowledge. Parts of a split are written as in a slice:

# %%
splits = ["train[:80%]", "train[80%:]"]
learn, validate = tfds.load("small_digits", split=splits, data_dir=folder)
print(len(learn), "to learn from,", len(validate), "to validate; an element is")
learn.element_spec


# %% [markdown]
# Now all of it together: load, cache, shuffle, batch, scale, prefetch, and `fit` takes the dataset in place of arrays.


# %%
def pair(batch):
    return tf.cast(batch["image"], tf.float32) / 16, batch["label"]


training = learn.cache().shuffle(len(learn)).batch(64).map(pair)
training = training.prefetch(tf.data.AUTOTUNE)
model = keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1)),
        keras.layers.Conv2D(16, 3, activation="relu"),
        keras.layers.Flatten(),
        keras.layers.Dense(10),
    ]
)
loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
model.compile(optimizer=keras.optimizers.Adam(0.005), loss=loss, metrics=["accuracy"])
model.fit(training, epochs=8, shuffle=False, verbose=0)  # the pipeline shuffles
_, accuracy = model.evaluate(validate.batch(64).map(pair), verbose=0)
print(f"accuracy on {len(validate)} digits that it has not seen: {accuracy:.3f}")
assert accuracy > 0.9

# %% [markdown]
# ### Exercise 5.5: windows of a series
#
# To predict the next value of a series, a network is shown windows of it. Write `windows(series, length)` for a list of numbers: a dataset of
# pairs `(length values, the value that follows them)`. `windows([1, 2, 3, 4, 5], 3)` has two elements, `([1, 2, 3], 4)` and `([2, 3, 4], 5)`.


# %%
def windows(series, length):
    return ...


check("05-5", windows)

# %%
quiz("05", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Order of steps, threads, AUTOTUNE: [Better performance with the tf.data API](https://www.tensorflow.org/guide/data_performance), TensorFlow's guide.
# - How recipes are rewritten and tuned: D. G. Murray et al., *tf.data: a machine learning data processing framework*, VLDB 14, 2021.
# - Own sets: [store_as_tfds_dataset](https://www.tensorflow.org/datasets/api_docs/python/tfds/dataset_builders/store_as_tfds_dataset) and
#   [slicing](https://www.tensorflow.org/datasets/splits), tensorflow-datasets.
# - The digits: scikit-learn's copy of the UCI *Optical Recognition of Handwritten Digits*.
