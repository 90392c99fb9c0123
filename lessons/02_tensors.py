# %% [markdown]
# Everything in TensorFlow is made of tensors: boxes of numbers with a shape and a type. At the end of this lesson you will have built
# a classifier of handwritten digits out of nothing but tensors, with no training at all.
#
# **After this lesson you can**
#
# - say what eager execution changed, with the old program and the new one side by side
# - predict the shape and the type of an expression, and mend the two mistakes that cost people most time: mixed types and accidental
#   broadcasting
# - replace a Python loop by one tensor operation, and measure what that brings

# %%
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

# %% [markdown]
# ## Hello, twice
#
# This is how TensorFlow greeted the world from 2015 to 2019:
#
# ```python
# hello = tf.constant('Hello, TensorFlow!')
# sess = tf.Session()
# print(sess.run(hello))
# ```
#
# And this is today's program. An operation computes when its line runs; that is all that *eager execution* means.

# %%
hello = tf.constant("Hello, TensorFlow!")
print(hello.numpy().decode())

# %% [markdown]
# Why did the old one need a session? Because its first line computed nothing. It added a node to a *graph*, a plan to be run later.
# Plans still exist (lesson 7), so we can look at one.
#
# **Predict.** We add 2 and 3 inside a graph and print the sum. What is printed, roughly? Write it as text, in quotes.

# %%
my_guess = ...

with tf.Graph().as_default() as plan:
    total = tf.constant(2) + tf.constant(3)
reveal(my_guess, str(total))

# %% [markdown]
# No 5: the name of a node, its shape and its type are known, its value is not. Somebody has to run the plan, and that was the
# session's job. It lives on under `tf.compat.v1`:

# %%
with tf.compat.v1.Session(graph=plan) as session:
    print("session:", session.run(total))

print("eager:  ", int(tf.constant(2) + tf.constant(3)))

# %% [markdown]
# > **Coming from TensorFlow 1.** A placeholder was a hole in the plan, and `feed_dict` filled it. In eager code a hole with a name is
# > a *function argument*, and `session.run(fetches, feed_dict)` is a call. `tf2kit migrate --to native` makes that change where it
# > can prove it; `tf2kit explain NAT500` shows how, and `tf2kit explain RUN401` what is done where it cannot.
#
# ### Exercise 2.1: a program becomes a function
#
# ```python
# x = tf.placeholder(tf.float32)
# y = x * x + 1.0
# sess.run(y, feed_dict={x: 3.0})   # 10.0
# ```
#
# Write the same as a function that takes a number or a list of numbers and returns a tensor: `program([1.0, 2.0])` is `[2.0, 5.0]`.


# %%
def program(x):
    return ...


check("02-1", program)

# %% [markdown]
# ## Shape, type, value
#
# A *scalar* has no axis, a *vector* one, a *matrix* two. The number of axes is the *rank*, their lengths are the *shape*.

# %%
digits = load_digits()
images = tf.constant(digits.images, dtype=tf.float32)
labels = tf.constant(digits.target)
print(images.shape, images.dtype, "and", labels.shape, labels.dtype)

# %% [markdown]
# Slices work as in NumPy. Here is the middle of the first picture, rows and columns 2 to 5:

# %%
images[0, 2:6, 2:6]

# %% [markdown]
# What does not work as in NumPy is writing into a tensor. A tensor never changes. (What changes is a *variable*: lesson 3.)

# %%
try:
    images[0, 0, 0] = 1.0
except TypeError as error:
    print("TypeError:", error)

# %% [markdown]
# ## Types do not mix
#
# **Predict.** What is `tf.constant(1) + tf.constant(2.5)`? Write a number, or `"error"`.

# %%
my_guess = ...

try:
    fact = float(tf.constant(1) + tf.constant(2.5))
except tf.errors.InvalidArgumentError as error:
    fact = "error"
    print(error.message)
reveal(my_guess, fact)

# %% [markdown]
# NumPy would convert silently. TensorFlow refuses, since a silent conversion on a large tensor costs time and memory, and hides
# mistakes. You convert with `tf.cast`. And where do types come from?
#
# **Predict.** One of these is `float32`, the other is not. What is the type of the second, `tf.constant(np.array([1.5]))`? Write its
# name in quotes.

# %%
my_guess = ...

from_list = tf.constant([1.5])
from_numpy = tf.constant(np.array([1.5]))
print("from a list:", from_list.dtype.name)
reveal(my_guess, from_numpy.dtype.name)

# %% [markdown]
# Python numbers become `float32` and `int32`; arrays keep their type, and NumPy's default is `float64`. Mixed together they make the
# error above, so convert data once, where it enters: `.astype("float32")`.
#
# ### Exercise 2.2: a share
#
# `dark` is a tensor of `True` and `False`. Compute which share of all pixels is dark, as one number between 0 and 1.

# %%
dark = images > 8

share = ...

check("02-2", share, dark)

# %% [markdown]
# ## Broadcasting: a gift, and a trap
#
# Two shapes fit when, read from the right, each pair of lengths is equal or one of them is 1. A missing axis counts as 1. The axis of
# length 1 is repeated, without a copy.

# %%
column = tf.constant([[0], [10], [20]])
row = tf.constant([[1, 2, 3, 4]])
column + row

# %% [markdown]
# Now the trap. A model predicts four numbers as a column, shape `(4, 1)`, as models do. The targets have shape `(4,)`. The
# prediction is perfect, so the loss should be 0.
#
# **Predict.** What is the mean squared error that this cell computes?

# %%
my_guess = ...

prediction = tf.constant([[1.0], [2.0], [3.0], [4.0]])
target = tf.constant([1.0, 2.0, 3.0, 4.0])
error = prediction - target
reveal(my_guess, float(tf.reduce_mean(error**2)))

# %% [markdown]
# Look at the shape of `error` and you see why: each prediction was compared with each target. There is no message. A network that is
# trained with such a loss learns to predict the mean, and looks as if it just were not very good.

# %%
print(error.shape)
error

# %% [markdown]
# ### Exercise 2.3: find the mistake
#
# Write `mean_squared(prediction, target)` for predictions of shape `(n, 1)` and targets of shape `(n,)`, without the trap.


# %%
def mean_squared(prediction, target):
    return ...


check("02-3", mean_squared)

# %% [markdown]
# ## Loops become operations
#
# How dark is each picture? First in the way of somebody who learnt to program with loops, then as one operation.

# %%
from tf2kit.lessons import microseconds

some = images[:200]


def with_a_loop():
    return [tf.reduce_mean(image) for image in some]


def as_one_operation():
    return tf.reduce_mean(some, axis=[1, 2])


print("same numbers:", np.allclose(with_a_loop(), as_one_operation()))

# %% [markdown]
# **Predict.** How many times faster is one operation than the loop over 200 pictures? Write a number, then measure.

# %%
my_guess = ...

slow = microseconds(with_a_loop, windows=2)
fast = microseconds(as_one_operation)
print(f"loop: {slow:,.0f} µs, one operation: {fast:,.0f} µs")
reveal(my_guess, round(slow / fast))

# %% [markdown]
# Nearly all time of the loop goes into starting operations: some microseconds each, however little there is to compute. So the rule
# for eager code is: few operations on large tensors.
#
# An axis is *reduced* when it is summed or averaged away. To average over the pictures and keep the pixels, reduce axis 0:

# %%
average = tf.reduce_mean(images, axis=0)

figure, axis = plt.subplots(figsize=(2, 2))
axis.imshow(average, cmap="gray_r")
axis.axis("off")
show(figure, alt="The average of all pictures: a grey blur, dark in the middle, in which no digit can be recognised.")

# %% [markdown]
# ### Exercise 2.4: ten averages
#
# That average is of no use. Compute one per digit: a tensor of shape `(10, 8, 8)` whose entry 3 is the average of all pictures of a
# three. `images[labels == 3]` are the threes; `tf.stack` makes one tensor of a list of tensors.


# %%
def averages(images, labels):
    return ...


check("02-4", averages, images, labels)

# %% [markdown]
# Here is one way to do it in a single operation, and what it shows:

# %%
typical = tf.math.unsorted_segment_mean(images, labels, num_segments=10)

figure, axes = plt.subplots(1, 10, figsize=(9, 1.2))
for digit, axis in enumerate(axes):
    axis.imshow(typical[digit], cmap="gray_r")
    axis.axis("off")
show(
    figure,
    alt="Ten average pictures, 0 to 9: soft, but each one clearly its digit.",
)

# %% [markdown]
# ## A classifier without training
#
# A new picture is the digit whose average it is nearest to. The distance between two pictures is the sum of the squared differences
# of their pixels. That needs all pairs: 1,797 pictures with 10 averages. Here broadcasting is the gift: `x[:, None]` puts in an axis
# of length 1.

# %%
print(images[:, None].shape, typical[None].shape)

# %% [markdown]
# ### Exercise 2.5: build it
#
# Write `nearest(pictures, typical)` for pictures of shape `(n, 8, 8)`. It returns the `n` labels. Subtract with broadcasting, square,
# reduce the axes of the pixels, and take `tf.argmin` over the digits. No loop.


# %%
def nearest(pictures, typical):
    return ...


check("02-5", nearest, images, labels, typical)

# %% [markdown]
# If yours is solved, try `np.mean(nearest(images, typical) == labels)`. Nine of ten digits are right, and nothing was learnt but ten
# averages. Lesson 4 will do better; now you know what "better" has to beat.

# %%
quiz("02", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - The old greeting is the one of the README of [TensorFlow 1](https://github.com/tensorflow/tensorflow/tree/v1.15.5).
# - Eager execution as the default: [RFC, functions not sessions](https://github.com/tensorflow/community/blob/master/rfcs/20180918-functions-not-sessions-20.md), 2018.
# - Broadcasting: [NumPy's rules](https://numpy.org/doc/stable/user/basics.broadcasting.html), which TensorFlow follows.
# - The digits: scikit-learn's copy of the UCI *Optical Recognition of Handwritten Digits*.
