# %% [markdown]
# "Make it faster" is answered with a handful of spells: `jit_compile=True`, `mixed_float16`, `prefetch`. Each of them helps somewhere, does nothing
# elsewhere, and sometimes makes things slower. So this lesson is about measuring: first how not to fool yourself, then where the time goes, and only
# then the spells, each with a stopwatch beside it, on your machine.
#
# **After this lesson you can**
#
# - measure a call so that the number means something
# - find out whether a training waits for its data, and read a profile
# - say where XLA gains, what it costs, and why new shapes are expensive
# - compute in 16 bits without losing small numbers
#
# Our numbers and yours will differ. The sizes that the text speaks about should not.

# %%
import re
import tempfile
import time
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from tf2kit.lessons import microseconds

# %% [markdown]
# ## A stopwatch lies in three ways
#
# **Predict.** A function of 100 small operations, compiled by `tf.function`. How many times longer does its first call take than a later one?

# %%
my_guess = ...


@tf.function
def hundred(x):
    for _ in range(50):
        x = x * 1.001 + 0.1
    return x


values = tf.random.normal([1000])
times = []
for _ in range(200):
    begin = time.perf_counter()
    hundred(values)
    times.append((time.perf_counter() - begin) * 1e6)
reveal(my_guess, round(times[0] / min(times)))

# %% [markdown]
# The first lie: the first call traces, or compiles, or fills a cache, and is no measure of the others. The second one you see when you look at all the others:

# %%
later = np.array(times[1:])
print(f"fastest {later.min():.0f} µs, median {np.median(later):.0f} µs")
print(f"mean {later.mean():.0f} µs, slowest {later.max():.0f} µs")

figure, axis = plt.subplots(figsize=(6, 2.5))
axis.plot(later, ".", color="black")
axis.set_yscale("log")
axis.set_xlabel("call")
axis.set_ylabel("time (µs)")
show(
    figure,
    alt="Times of 199 calls, as points. Most lie close above the fastest, "
    f"{later.min():.0f} µs; some are far above, up to {later.max():.0f} µs.",
)

# %% [markdown]
# Other programs, memory, and the clock of the processor disturb, and all of them only *add*. So of the same work the *fastest* run says what
# the machine can do. The third lie needs a graphics card: there an operation is only started, and the clock stops before it is done. Fetch the
# result (`.numpy()`) before you stop it.
#
# `microseconds` of these lessons calls once to warm up, and then takes the fastest of several windows.
#
# ### Exercise 8.1: find the mistakes
#
# ```python
# def best_time(call, rounds):
#     begin = time.perf_counter()
#     for _ in range(rounds):
#         call()
#     return (time.perf_counter() - begin) / rounds
# ```
#
# Write it so that the first call does not count, and so that one slow call among the others does not change the answer. In seconds.


# %%
def best_time(call, rounds):
    return ...


check("08-1", best_time)

# %% [markdown]
# ## First find out where the time goes
#
# Here is a training: data from a slow source, and a step. Which of the two should you work on?

# %%


def slow_source():
    for number in range(20):
        time.sleep(0.008)  # a slow disk
        yield np.full((64, 64), number, "float32")


kind_of_element = tf.TensorSpec((64, 64), tf.float32)
data = tf.data.Dataset.from_generator(slow_source, output_signature=kind_of_element)
matrix = tf.Variable(tf.random.normal((64, 64)))


@tf.function
def step(x):
    return tf.reduce_sum(tf.matmul(matrix, x))


# %% [markdown]
# Take one part away at a time. The data without the step, and the step without the data, always with the same batch:


# %%
def fastest(work, runs=5):
    took = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        took.append(time.perf_counter() - begin)
    return min(took)


# %%
def all_of_it():
    for x in data:
        step(x)


def only_data():
    for _ in data:
        pass


def only_steps():
    for _ in range(20):
        step(one)


one = next(iter(data))
step(one)
whole, waiting, working = fastest(all_of_it), fastest(only_data), fastest(only_steps)
print(f"all of it {whole:.3f} s, only the data {waiting:.3f} s, only the steps {working:.3f} s")

# %% [markdown]
# **Predict.** Somebody makes the step ten times faster. How many times faster does the whole training become? Think first; the cell
# computes the best that could be reached, with a step that takes no time at all.

# %%
my_guess = ...

reveal(my_guess, round(whole / waiting, 2))

# %% [markdown]
# It waits for data (lesson 5 knows the cure). Whatever is done to the step is lost work. This has a name, *Amdahl's law*: what takes a small
# part of the time cannot gain more than that part.
#
# ### Exercise 8.2: who waits for whom?
#
# Write `where(dataset, step)`: it runs `step(x)` for every `x` of the dataset, once, and returns two numbers, the seconds that were spent waiting for the next `x`,
# and the seconds that were spent in `step`.


# %%
def where(dataset, step):
    return ...


check("08-2", where)

# %% [markdown]
# ## A profile: where inside of a step?
#
# `tf.profiler` writes down each operation with its time. TensorBoard shows that as a timeline (it needs the package `tensorboard-plugin-profile`;
# lesson 9 is about TensorBoard). Here we read the file ourselves, and sum the times of each kind of operation.


# %%
@tf.function
def suspects(x):
    waves = tf.reduce_sum(tf.exp(tf.sin(x)))
    product = tf.reduce_sum(tf.matmul(x, x))
    return waves + product


x = tf.random.normal((1000, 1000))
suspects(x)
folder = tempfile.mkdtemp()
tf.profiler.experimental.start(folder)
for _ in range(5):
    suspects(x)
tf.profiler.experimental.stop()

# %% [markdown]
# **Predict.** Which takes most time: `sin` and `exp` of a million numbers, their sum, or the matrix product? Write `"exp"`, `"Sum"` or `"MatMul"`.

# %%
my_guess = ...

from tensorflow.tsl.profiler.protobuf import xplane_pb2

space = xplane_pb2.XSpace()
space.ParseFromString(next(Path(folder).rglob("*.xplane.pb")).read_bytes())
spent = {}
for plane in space.planes:
    for line in plane.lines:
        for event in line.events:
            name = plane.event_metadata[event.metadata_id].name
            if kind := re.fullmatch(r"[\w/]+:(\w+)", name):
                spent[kind[1]] = spent.get(kind[1], 0.0) + event.duration_ps / 1e9
for kind, milliseconds in sorted(spent.items(), key=lambda item: -item[1])[:4]:
    print(f"{kind:24} {milliseconds:8.2f} ms")
reveal(my_guess, max(spent, key=spent.get))

# %% [markdown]
# You may find neither `Sin` nor `Exp` in that list, but an operation with another name: when a graph is prepared, neighbours may be put together
# into one, so that the million numbers go through memory once. A compiler that does that everywhere comes next.
#
# > **Coming from TensorFlow 1.** `RunMetadata`, `RunOptions(trace_level=…)` and the Chrome timeline are `tf.profiler`. `global_jit_level` of
# > `ConfigProto` is `jit_compile=True` for one function. `tf.contrib.mixed_precision` is a policy of Keras; `tf2kit explain CTB203` says what became of
# > parts of `tf.contrib`. `intra_op_parallelism_threads` is `tf.config.threading.set_intra_op_parallelism_threads`.
#
# ## XLA: one piece of machine code
#
# With `jit_compile=True` the compiler XLA takes the whole graph and writes code for just this graph and these shapes. Three kinds of work:


# %%
def elementwise(x):
    for _ in range(60):
        x = tf.abs(x) * 0.999 + 0.001
    return x


def rounds(x):
    for _ in tf.range(1000):
        x = x * 0.999 + 0.1
    return x


def product(x):
    return tf.matmul(x, x)


work = {
    "180 operations on a million numbers": (elementwise, tf.random.normal([1_000_000])),
    "loop of 1000 rounds": (rounds, tf.constant(1.0)),
    "matrix product, 512": (product, tf.random.normal((512, 512))),
}

# %% [markdown]
# **Predict.** How many times faster does XLA make the loop of 1000 rounds?

# %%
my_guess = ...


def compare(name, function, argument):
    graph, xla = tf.function(function), tf.function(function, jit_compile=True)
    begin = time.perf_counter()
    xla(argument)
    first = time.perf_counter() - begin
    slow = microseconds(lambda: graph(argument), windows=4)
    fast = microseconds(lambda: xla(argument), windows=4)
    print(f"{name}: graph {slow:,.0f} µs, XLA {fast:,.0f} µs, first call {first:.2f} s")
    return slow / fast


gain = {name: compare(name, *what) for name, what in work.items()}
assert gain["loop of 1000 rounds"] > 2
reveal(my_guess, round(gain["loop of 1000 rounds"]))

# %%
figure, axis = plt.subplots(figsize=(6, 1.8))
axis.barh(list(gain), list(gain.values()), color="grey")
axis.axvline(1, color="black", linestyle="--")
axis.set_xscale("log")
axis.set_xlabel("times faster with XLA (1: no difference)")
said = ", ".join(f"{name} {value:.1f}" for name, value in gain.items())
show(figure, alt=f"How many times faster XLA makes three kinds of work: {said}.")

# %% [markdown]
# The loop gains most: its rounds become a loop of the processor, where a graph starts operations a thousand times. Chains of elementwise operations gain
# since they are *fused*: numbers stay in registers. A matrix product is one library call with or without XLA, and may even lose.
#
# And each *shape* is compiled anew. The first call tells what that costs.
#
# ### Exercise 8.3: few shapes
#
# Sentences have 1 to 512 words; that would be 512 compilations. Write `padded(x, multiple)`: a vector, filled up with zeros at its end to the next multiple.
# With 128, lengths 1 to 128 become 128, 129 becomes 256. What fits already stays as it is.


# %%
def padded(x, multiple):
    return ...


check("08-3", padded)

# %% [markdown]
# ## Sixteen bits: what gets lost
#
# Half as many bits are half the memory, and on graphics cards and TPUs several times the speed. There are two kinds: `float16` has more digits, `bfloat16` the
# range of 32 bits.

# %%
for kind in (tf.float32, tf.float16, tf.bfloat16):
    small = float(tf.cast(1e-8, kind))
    print(f"{kind.name:9} largest {float(kind.max):.3g}, 1e-8 becomes {small:.3g}")

print("2049 becomes", [int(tf.cast(2049.0, kind)) for kind in (tf.float16, tf.bfloat16)])

# %% [markdown]
# **Predict.** A weight of 1.0 in `float16` gets 0.0001 added a thousand times. What is it then?

# %%
my_guess = ...

weight = tf.Variable(1.0, dtype=tf.float16)
for _ in range(1000):
    weight.assign_add(tf.cast(0.0001, tf.float16))
reveal(my_guess, float(weight))

# %% [markdown]
# The next number behind 1 is 1.001 in `float16`; each 0.0001 is rounded away. Small steps are what training is made of. So in *mixed* precision
# weights are kept in 32 bits, and only computing is done in 16:

# %%
keras.mixed_precision.set_global_policy("mixed_float16")
layer = keras.layers.Dense(4)
outputs = layer(tf.ones((1, 3)))
print("kept as", layer.kernel.dtype, "and computed in", layer.compute_dtype)
print("the output is", outputs.dtype.name)
keras.mixed_precision.set_global_policy("float32")

# %% [markdown]
# (Give the last layer `dtype="float32"`, so that softmax and loss are computed in 32 bits.) The other half of the trouble is the range. Gradients are often tiny:

# %%
weight = tf.Variable(2.0)


def tiny_loss(weight):
    in_half = tf.cast(weight, tf.float16)
    return in_half * tf.cast(1e-4, tf.float16) * tf.cast(1e-4, tf.float16)


with tf.GradientTape() as tape:
    loss = tiny_loss(weight)
print("the gradient should be 1e-8 and is", float(tape.gradient(loss, weight)))

# %% [markdown]
# *Loss scaling* is the cure: multiply the loss by a large number, so that all gradients on the way back are larger, and divide the gradient by it at the end, in 32 bits.
# `compile` does that for you under `mixed_float16`, with a factor that adapts; with `bfloat16` it is not needed.
#
# ### Exercise 8.4: loss scaling
#
# Write `scaled_gradient(loss_of, weight, scale)`: the gradient of `loss_of(weight)`, a `float16` number, with respect to a `float32` variable. For
# `tiny_loss` and a scale of 1024 it should be about 1e-8.


# %%
def scaled_gradient(loss_of, weight, scale):
    return ...


check("08-4", scaled_gradient)

# %% [markdown]
# And is it faster here?

# %%
square = tf.random.normal((512, 512))


def product_time(kind):
    cast = tf.cast(square, kind)
    return microseconds(lambda: tf.matmul(cast, cast), windows=4)


for kind in (tf.float32, tf.bfloat16, tf.float16):
    print(f"{kind.name:9} {product_time(kind):9,.0f} µs")

# %% [markdown]
# This depends on the processor: some have no arithmetic of 16 bits and only lose, some have it for one of the two kinds, and graphics cards gain most. So
# measure on the machine that you will train on.
#
# ## The largest gain is in the program
#
# No compiler repairs an algorithm. This function computes the distances between all pairs of points, as one writes it down at first:


# %%
def distances_with_loops(points):
    rows = []
    for one in points:
        rows.append(tf.stack([tf.norm(one - other) for other in points]))
    return tf.stack(rows)


points = tf.random.normal((16, 3))
took = microseconds(lambda: distances_with_loops(points), windows=1)
print(f"{took:,.0f} µs for 16 points")

# %% [markdown]
# ### Exercise 8.5: at least ten times faster
#
# Write `distances(points)` for points of shape `(n, d)`: the same matrix `(n, n)`, without a loop. Lesson 2 had the trick: `x[:, None]`.


# %%
def distances(points):
    return ...


check("08-5", distances, distances_with_loops)

# %% [markdown]
# ## The order in which to try
#
# 1. Measure the whole, then the data alone, then the step alone. Work on what takes the time.
# 2. Data: cache, more threads, batches before cheap maps (lesson 5).
# 3. Fewer and larger operations; no loop of Python over elements (lesson 2).
# 4. `tf.function` around the whole step (lesson 7).
# 5. `jit_compile=True`, with few shapes.
# 6. Mixed precision, on a graphics card or a TPU.
# 7. For small models in `fit`: larger batches, or `compile(…, steps_per_execution=16)`, which returns to Python less often.
#
# After each: measure again, and take back what gained nothing.

# %%
quiz("08", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Why the fastest run: [timeit](https://docs.python.org/3/library/timeit.html#timeit.Timer.repeat), Python's documentation.
# - XLA: [XLA in TensorFlow](https://openxla.org/xla/tf2xla), OpenXLA.
# - Mixed precision and loss scaling: P. Micikevicius et al., *Mixed precision training*, ICLR 2018.
# - Profiles: [Optimize TensorFlow performance using the Profiler](https://www.tensorflow.org/guide/profiler), TensorFlow's guide.
# - Amdahl's law: G. M. Amdahl, *Validity of the single processor approach*, AFIPS 1967.
