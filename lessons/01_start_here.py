# %% [markdown]
# This course teaches TensorFlow 2 as it is today, by running it. Nothing here is only told: what is said about speed, shapes or
# accuracy is computed in front of you, on your machine, without a network.
#
# **After this lesson you can**
#
# - run a lesson from top to bottom, and know what a cell remembers
# - use predictions, exercises, hints and the quiz
# - make chance repeatable, and find an argument in the help

# %% [markdown]
# ## A cell runs when you run it
#
# Click on a cell and press **Shift+Enter**. The cell above has already told you which versions you have. (In an empty Jupyter, that
# cell is the place where a missing package would be reported.)

# %%
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

steps = 0

# %% [markdown]
# **Predict.** Run the next cell three times in a row. Which number does it show the third time? Write your guess in place of the `...`.

# %%
my_guess = ...

steps = steps + 1
reveal(my_guess, steps)

# %% [markdown]
# A notebook is not a file that is read from top to bottom. It is a conversation with one Python process, the *kernel*, that remembers
# every variable until you restart it. Two thirds of all "but it worked yesterday" come from here. When something is odd:
# **Restart kernel and run all cells** (the ⏩ button in JupyterLab, *Runtime → Restart and run all* in Colab).

# %% [markdown]
# ## Real data, without a network
#
# The lessons use small real data sets that are installed with their packages. This one has 1,797 handwritten digits, each 8 × 8 pixels,
# written by 43 people in the 1990s.

# %%
digits = load_digits()
images = digits.images.astype("float32")
images.shape

# %%
figure, axes = plt.subplots(1, 10, figsize=(9, 1.2))
for axis, image, label in zip(axes, images, digits.target):
    axis.imshow(image, cmap="gray_r")
    axis.set_title(str(label))
    axis.axis("off")
show(
    figure, alt="The first ten pictures of the data set, in order the digits 0 to 9, coarse and grey but easy to read."
)

# %% [markdown]
# Every picture in this course has a description for people who cannot see it. You make one by ending a cell with
# `show(figure, alt="…")`.
#
# ### Exercise 1.1: read a shape
#
# How many pixels are there in all pictures together? Compute it from the shape above. Run the cell once as it is first, and read what
# the check says; then write your answer in place of the `...`.

# %%
pixels = ...

check("01-1", pixels)

# %% [markdown]
# Below every exercise are its hints, one at a time, and the solution. Looking is allowed; trying first is how it sticks.
#
# ### Exercise 1.2: write a function
#
# Most exercises ask for a function. The check calls it with values of its own. Convert degrees Celsius to Fahrenheit.


# %%
def fahrenheit(celsius):
    return ...


check("01-2", fahrenheit)

# %% [markdown]
# ## Chance that can be repeated
#
# Networks start from random weights. To compare two runs, both must start from the same ones. A *seed* does that.
#
# **Predict.** The seed is set once, then two numbers are drawn. Are they the same number? Guess `True` or `False`.

# %%
my_guess = ...

tf.random.set_seed(1)
first = float(tf.random.normal([]))
second = float(tf.random.normal([]))
reveal(my_guess, first == second)

# %% [markdown]
# Now run that cell again, and look at the numbers themselves:

# %%
tf.random.set_seed(1)
again = float(tf.random.normal([]))
print(first, second, again)

# %% [markdown]
# `first` and `again` are equal: the seed fixes the *sequence*. The first cell of every lesson sets the seeds of Python, NumPy and
# TensorFlow, so that you see what we saw; other processors may still round the last digit another way.
#
# ### Exercise 1.3: the same numbers on every call
#
# Write `draw()` so that it returns three random numbers from a normal distribution, and the same three on every call.


# %%
def draw():
    return ...


check("01-3", draw)

# %% [markdown]
# > **Coming from TensorFlow 1.** `tf.set_random_seed(1)` set the seed of a *graph*, and the sequence began anew with every session.
# > Today `tf.random.set_seed(1)` sets the seed of the program, and the sequence begins anew with every call of it. `tf2kit migrate`
# > rewrites the name; `tf2kit explain SYM102` has the page.

# %% [markdown]
# ## Numbers are not exact, and that is no secret
#
# **Predict.** In Python `0.1 + 0.2 == 0.3` is `False`. TensorFlow computes with 32 bits where Python has 64, so with fewer digits.
# What will it say?

# %%
my_guess = ...

in_python = 0.1 + 0.2 == 0.3
in_tensorflow = bool(tf.constant(0.1) + tf.constant(0.2) == tf.constant(0.3))
print("Python:", in_python)
reveal(my_guess, in_tensorflow)

# %% [markdown]
# Fewer digits, and yet equal: both sides happen to be rounded to the same 32-bit number. Luck is not a method, so nobody compares
# results of computations with `==`. We ask how far apart they are, here and in every proof that `tf2kit verify` makes.

# %%
np.allclose(0.1 + 0.2, 0.3, rtol=1e-6)

# %% [markdown]
# ## The help is one cell away
#
# `help(tf.reduce_mean)`, or `tf.reduce_mean?` in Jupyter and Colab, or the mouse over the name in VS Code. Here are the arguments:

# %%
import inspect

inspect.signature(tf.reduce_mean)

# %% [markdown]
# ### Exercise 1.4: find the argument
#
# Compute how dark each picture is: the mean over its rows and columns. The result should keep all three axes, with shape
# `(1797, 1, 1)`, so that `images - brightness` would work. One argument does it.

# %%
brightness = ...

check("01-4", brightness)

# %%
quiz("01", ..., ..., ..., ...)

# %% [markdown]
# ## Your progress
#
# Solved exercises are kept in a file of your own, not in the notebook. In a terminal, `tf2kit learn` lists all lessons with your
# progress, `tf2kit learn open 2` opens the next one, and `tf2kit learn reset 1` gives you a fresh copy of this one.
#
# ## Sources
#
# - The digits: E. Alpaydin and C. Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository, 1998;
#   here in the version of [scikit-learn](https://scikit-learn.org/stable/datasets/toy_dataset.html#digits-dataset).
# - Seeds: [tf.random.set_seed](https://www.tensorflow.org/api_docs/python/tf/random/set_seed).
# - Rounding: D. Goldberg, *What every computer scientist should know about floating-point arithmetic*, ACM Computing Surveys, 1991.
