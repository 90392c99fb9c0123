# %% [markdown]
# Eager code is pleasant and slow: Python starts each operation. `tf.function` takes a Python function and makes a graph of it, which then
# runs without Python. It is one line, and it opens a trap, because now there are two times: the time when Python runs, once, to *trace* the
# function, and the time when the graph runs, every time. Nearly all that surprises people about `tf.function` is a mix-up of the two.
#
# **After this lesson you can**
#
# - tell what happens while a function is traced and what happens in each call
# - find out why a function is traced again and again, and stop it
# - find values that were frozen, lists that leak and variables that may not be made
# - write `if`, `while` and `for` on tensors
# - say when `tf.function` loses, and measure it

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

from tf2kit.lessons import microseconds

# %% [markdown]
# ## Two times
#
# **Predict.** The function below is called three times. How often does it print "Python is here"?

# %%
my_guess = ...


@tf.function
def square(x):
    print("Python is here, and x is", x)
    return x * x


results = [float(square(tf.constant(value))) for value in (1.0, 2.0, 3.0)]
print(results)
reveal(my_guess, square.experimental_get_tracing_count())

# %% [markdown]
# Three right results, one line of print. The first call *traced* the function: Python ran it with a stand-in for `x`, which has a type and a
# shape and no value, and wrote down the operations. The other calls ran what was written down. (`tf.print` is an operation, so it prints in each call.)
#
# **Predict.** The same function, but with Python numbers: `square(1)`, `square(2)`, `square(3)`. How many *new* traces?

# %%
my_guess = ...

before = square.experimental_get_tracing_count()
for value in (1, 2, 3):
    square(value)
reveal(my_guess, square.experimental_get_tracing_count() - before)

# %% [markdown]
# | Argument | A new trace for each new |
# |---|---|
# | tensor | type and shape |
# | Python number, string, `True` or `None` | value |
# | other Python object | object |
#
# A Python value becomes part of the graph. That is useful, for `training=True` makes another graph than `training=False`, and a disaster for a
# step counter. TensorFlow warns when it sees it: "5 out of the last 7 calls … triggered tf.function retracing". The cure is nearly always
# `tf.constant(value)`, or a signature.
#
# **Predict.** Vectors of length 1, 2, 3 and 4 have four shapes, so plain `tf.function` traces four times. How often with `reduce_retracing=True`?

# %%
my_guess = ...


@tf.function
def plain(x):
    return tf.reduce_sum(x)


@tf.function(reduce_retracing=True)
def reduced(x):
    return tf.reduce_sum(x)


for length in (1, 2, 3, 4):
    plain(tf.ones(length))
    reduced(tf.ones(length))
print("plain:", plain.experimental_get_tracing_count())
reveal(my_guess, reduced.experimental_get_tracing_count())

# %% [markdown]
# At the second shape it saw what changes, and traced for "any length". When you know beforehand, say so, and there is one trace, and a
# clear message for everything else:


# %%
@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def signed(x):
    return tf.reduce_sum(x)


signed(tf.ones(1)), signed(tf.ones(4))
try:
    signed(tf.ones((2, 2)))
except TypeError as error:
    print(str(error).split("Received")[0])

# %% [markdown]
# ### Exercise 7.1: one trace for all lengths
#
# Write `strength(x)`, a `tf.function` for vectors of `float32` of any length: the square root of the mean of the squares. However many lengths it
# sees, it is traced once.


# %%
@tf.function
def strength(x):
    return ...


check("07-1", strength)

# %% [markdown]
# ## Frozen
#
# **Predict.** `noise` draws with NumPy. It is called twice. Are the two numbers equal? `True` or `False`.

# %%
my_guess = ...


@tf.function
def noise():
    return np.random.rand()


reveal(my_guess, float(noise()) == float(noise()))

# %% [markdown]
# NumPy is Python: it ran while the function was traced, and what it returned is a constant of the graph. The same is true of `time.time()`, of
# files that were read, and of every global Python variable:

# %%
factor = 2.0


@tf.function
def scaled(x):
    return x * factor


first = float(scaled(tf.constant(10.0)))
factor = 3.0
print(first, float(scaled(tf.constant(10.0))))

# %% [markdown]
# There is no warning. What may change between calls is an argument, or a `tf.Variable`.
#
# ### Exercise 7.2: find the mistake
#
# ```python
# @tf.function
# def shaken(x):
#     return x + np.random.rand(len(x)).astype("float32")
# ```
#
# All pictures of a training were shaken in exactly the same way. Write it so that every call and every element gets its own random number from 0 to 1. `x` may
# have any shape.


# %%
@tf.function
def shaken(x):
    return ...


check("07-2", shaken)

# %% [markdown]
# ## Side effects
#
# **Predict.** Each call appends its result to a list. How long is the list after three calls?

# %%
my_guess = ...

kept = []


@tf.function
def remember(x):
    kept.append(2 * x)
    return 2 * x


for value in (1.0, 2.0, 3.0):
    remember(tf.constant(value))
print(kept)
reveal(my_guess, len(kept))

# %% [markdown]
# And what is in it is no number but a node of a graph, which has no value out here. Using it gives an error that you will meet again,
# "out of scope". The rule: what a graph computed comes out by `return`, and what it shall remember is a variable. Those, however, must not be
# made in each call:

# %%


@tf.function
def make(x):
    counter = tf.Variable(0.0)
    return counter.assign_add(x)


try:
    make(tf.constant(1.0))
except ValueError as error:
    print(str(error).strip().splitlines()[-1].strip()[:120])

# %% [markdown]
# ### Exercise 7.3: a memory
#
# Write the class `Mean`. An object of it is called with a number (a tensor), and returns the mean of all numbers that it was called with so far. Its
# `__call__` is to be a `tf.function`. Two objects know nothing of each other.


# %%
class Mean(tf.Module):
    def __init__(self):
        super().__init__()

    def __call__(self, x):
        return ...


check("07-3", Mean)

# %% [markdown]
# ## if, while and for
#
# In a trace a tensor has no value, so how can Python decide `if x > 0`? It cannot. *AutoGraph* rewrites your source before it is traced: `if`, `while`
# and `for` that depend on tensors become operations of the graph. You can read what it writes:


# %%
def positive(x):
    if x > 0:
        y = x
    else:
        y = -x
    return y


code = tf.autograph.to_code(positive).splitlines()
print(*[line for line in code if "if_body" in line or "else_body" in line], sep="\n")

# %% [markdown]
# Both branches are traced, the graph chooses in each call. Hence both must give the same names, with the same types:

# %%


@tf.function
def half_said(x):
    if x > 0:
        y = x
    return y


try:
    half_said(tf.constant(1.0))
except ValueError as error:
    print(str(error).strip().splitlines()[-1].strip())

# %% [markdown]
# **Predict.** A loop that multiplies 100 times: with `range(100)`, and with `tf.range(100)`. How many operations does the graph of the first one have, roughly?

# %%
my_guess = ...


def with_range(x):
    for _ in range(100):
        x = x * 1.001
    return x


def with_tf_range(x):
    for _ in tf.range(100):
        x = x * 1.001
    return x


one = tf.TensorSpec([], tf.float32)


def operations(function):
    return len(tf.function(function).get_concrete_function(one).graph.get_operations())


print("tf.range:", operations(with_tf_range))
reveal(my_guess, operations(with_range))

# %% [markdown]
# Python's `range` is not a tensor, so Python ran the loop while tracing, and the graph has each round, a constant and a multiplication. For three layers
# that is right. For 10,000 steps of time it means minutes of tracing; there, write `tf.range`.
#
# > **Coming from TensorFlow 1.** `tf.cond` and `tf.while_loop` with their lambdas are what AutoGraph writes for you.
# > `tf.control_dependencies` is hardly needed: inside a `tf.function`, reads and writes of variables happen in the order of your lines. A
# > graph is no longer a global thing that you add to; it belongs to a function. See `tf2kit explain NAT500`, and `RUN401` for programs that
# > stay with their own graph.
#
# ### Exercise 7.4: from nothing
#
# Take a number; if it is even, halve it, otherwise triple it and add 1; go on until it is 1. (Whether that ever fails, nobody knows; it is the *Collatz
# problem*.) Write `collatz(n)`, a `tf.function` that gets an integer tensor and returns the number of steps. 6 takes 8: 3, 10, 5, 16, 8, 4, 2, 1.


# %%
@tf.function
def collatz(n):
    return ...


check("07-4", collatz)

# %% [markdown]
# ## When it loses
#
# **Predict.** `x + 1` for a single number: how many times faster is it with `tf.function`? (0.5 would mean: half as fast.)

# %%
my_guess = ...


def add_one(x):
    return x + 1


in_graph = tf.function(add_one)
number = tf.constant(1.0)
eager_time = microseconds(lambda: add_one(number))
graph_time = microseconds(lambda: in_graph(number))
print(f"eager: {eager_time:.0f} µs, tf.function: {graph_time:.0f} µs")
assert graph_time > eager_time
reveal(my_guess, round(eager_time / graph_time, 2))

# %% [markdown]
# It loses. Calling a graph costs something: arguments are compared with traces, a runtime is started. That is more than one small operation costs. Let us look at
# four kinds of work:


# %%
def many_small(x):
    for _ in range(200):
        x = x * 1.001 + 0.1
    return x


def multiply(x):
    return tf.matmul(x, x)


kernel = tf.random.normal((3, 3, 16, 16))


def convolve(x):
    return tf.nn.conv2d(x, kernel, strides=1, padding="SAME")


work = {
    "one addition": (add_one, number),
    "400 small operations": (many_small, number),
    "matrix product, 512": (multiply, tf.random.normal((512, 512))),
    "convolution": (convolve, tf.random.normal((4, 64, 64, 16))),
}


# %%
def times_faster(name, function, argument):
    compiled = tf.function(function)
    eager = microseconds(lambda: function(argument), windows=4)
    graph = microseconds(lambda: compiled(argument), windows=4)
    print(f"{name:22} eager {eager:8,.0f} µs   graph {graph:8,.0f} µs")
    return eager / graph


gain = {name: times_faster(name, *what) for name, what in work.items()}
assert gain["400 small operations"] > 2

# %%
figure, axis = plt.subplots(figsize=(6, 2.2))
axis.barh(list(gain), list(gain.values()), color="grey")
axis.axvline(1, color="black", linestyle="--")
axis.set_xscale("log")
axis.set_xlabel("times faster with tf.function (1: no difference)")
said = ", ".join(f"{name} {value:.1f}" for name, value in gain.items())
show(figure, alt=f"How many times faster tf.function makes four kinds of work: {said}.")

# %% [markdown]
# What is saved is Python's work between operations. With many small operations that is nearly everything. A large matrix product or a
# convolution takes its time inside of one operation, and there is nothing to save. So decorate the *largest* function that makes sense, the whole
# training step, and not its parts.
#
# The first call costs extra. After how many calls is that paid back?

# %%
import time

fresh = tf.function(many_small)
begin = time.perf_counter()
fresh(number)
tracing = (time.perf_counter() - begin) * 1e6
eagerly = microseconds(lambda: many_small(number), windows=3)
saved = eagerly - microseconds(lambda: fresh(number), windows=3)
print(f"the first call takes {tracing:,.0f} µs, each later one saves {saved:,.0f} µs")
print(f"paid back after about {int(np.ceil(tracing / saved))} calls")

# %% [markdown]
# ### Exercise 7.5: find the mistake
#
# ```python
# def repeat(function, x, times):
#     for _ in range(times):
#         x = tf.function(function)(x)
#     return x
# ```
#
# It is slower than without `tf.function`. Write it so that `function` is traced once per call of `repeat`, and applied `times` times in a graph. `x` keeps its
# shape and type.


# %%
def repeat(function, x, times):
    return ...


check("07-5", repeat)

# %% [markdown]
# ## To look inside
#
# A debugger does not stop in a graph. One line makes all functions eager, and another takes it back:

# %%
tf.config.run_functions_eagerly(True)
kept.clear()
remember(tf.constant(5.0))
print("eagerly:", kept)
tf.config.run_functions_eagerly(False)

# %% [markdown]
# And Keras? `fit` makes a `tf.function` of the training step for you; that is why `print` in a layer appears once, and why `keras.ops` or `tf.random` are right
# in a layer where NumPy is not:

# %%
keras.utils.set_random_seed(7)
layer_noise = keras.random.SeedGenerator(7)


@tf.function
def keras_noise():
    return keras.random.uniform((), seed=layer_noise)


float(keras_noise()) == float(keras_noise())

# %%
quiz("07", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - [Better performance with tf.function](https://www.tensorflow.org/guide/function), TensorFlow's guide; its table of what is traced anew.
# - AutoGraph: D. Moldovan et al., *AutoGraph: imperative-style coding with graph-based performance*, MLSys 2019.
# - Tracing and its limits: A. Agrawal et al., *TensorFlow Eager: a multi-stage, Python-embedded DSL for machine learning*, MLSys 2019.
# - The Collatz problem: J. C. Lagarias, *The 3x + 1 problem and its generalizations*, American Mathematical Monthly 92, 1985.
