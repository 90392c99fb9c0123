# %% [markdown]
# How heavy is a penguin? On three islands of Antarctica somebody measured 333 of them: the length of a flipper is easy to
# measure, a weight is not. We shall find the line that predicts one from the other, with nothing but a variable and a derivative. All
# training of all networks is this lesson, with more variables.
#
# **After this lesson you can**
#
# - say what a variable is, and when a value is a copy
# - take derivatives with a tape, and find out why one is `None` or `nan`
# - check a derivative numerically
# - write gradient descent, and prove that it found the best line

# %%
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from palmerpenguins import load_penguins

penguins = load_penguins().dropna()
flipper = penguins["flipper_length_mm"].to_numpy("float32")
mass = penguins["body_mass_g"].to_numpy("float32")

figure, axis = plt.subplots(figsize=(5, 3))
axis.plot(flipper, mass, ".")
axis.set_xlabel("flipper (mm)")
axis.set_ylabel("body mass (g)")
correlation = np.corrcoef(flipper, mass)[0, 1]
show(figure, alt=f"{len(mass)} penguins: the longer the flipper, the heavier the bird; correlation {correlation:.2f}.")

# %% [markdown]
# ## A variable is a place, a tensor is a value
#
# **Predict.** What are `copy` and `same` at the end? Write a list of two numbers.

# %%
my_guess = ...

weight = tf.Variable(3.0)
copy = weight + 0.0
same = weight
weight.assign(5.0)
reveal(my_guess, [float(copy), float(same)])

# %% [markdown]
# `weight + 0.0` is an operation. It read the place and made a value, and values do not change. `same = weight` is Python: a second name
# for the same place.
#
# A place is changed by `assign`, `assign_add` and `assign_sub`. The line `weight = weight - 0.1` changes nothing: it throws the name
# `weight` at a new tensor, and the variable is lost. We shall meet that mistake again.
#
# ### Exercise 3.1: change it in place
#
# `remember(average, value)` gets a variable and a number. It moves the average a tenth of the way towards the value: 5 and 15 make 6.
# It returns nothing.


# %%
def remember(average, value):
    return ...


check("03-1", remember)

# %% [markdown]
# > **Coming from TensorFlow 1.** A variable belonged to a graph, was found by its name in a *scope*, lived in a session and had to be
# > initialised with `sess.run(tf.global_variables_initializer())`. Now it is a Python object: it has its value from the start, and it
# > lives as long as you keep it. `tf.get_variable` under `reuse=True` is the same object, used twice. And `sess.run(v.assign(5.0))`
# > is `v.assign(5.0)`. For what `tf2kit` does with each of them, see `tf2kit explain NAT500`.

# %% [markdown]
# ## A tape remembers what was computed
#
# Inside a `GradientTape` every operation on a variable is written down. Played backwards, the tape gives the derivative. That of $x^2$
# at 3 is 6:

# %%
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x**2
float(tape.gradient(y, x))

# %% [markdown]
# **Predict.** Now `y` is a vector of two numbers, $x$ and $x^2$. What does `tape.gradient(y, x)` give at 3? A number, or a list.

# %%
my_guess = ...

with tf.GradientTape() as tape:
    y = tf.stack([x, x**2])
reveal(my_guess, float(tape.gradient(y, x)))

# %% [markdown]
# A gradient always has the shape of `x`. Of a vector it is the derivative of the *sum*, $1 + 2x$. To have them apart, ask for
# `tape.jacobian`. This is why losses are averaged to one number first.
#
# ## Where None comes from
#
# **Predict.** Which of these four derivatives are `None`? Write a list of four words, such as `["a number", "None", …]`.

# %%
my_guess = ...

place, constant = tf.Variable(3.0), tf.constant(3.0)
with tf.GradientTape(persistent=True) as tape:
    first = place * 2.0
    second = constant * 2.0
    third = tf.constant(np.square(place))
    moved = place + 1.0
    fourth = moved * 2.0
gradients = [tape.gradient(y, x) for y, x in [(first, place), (second, constant), (third, place), (fourth, place)]]
reveal(my_guess, ["None" if gradient is None else "a number" for gradient in gradients])

# %% [markdown]
# - `second`: a tape watches variables. A tensor must be announced, with `tape.watch(constant)`.
# - `third`: NumPy computed it, and the tape saw nothing. Whatever leaves TensorFlow inside a tape ends the chain.
# - `fourth` has a derivative, for `moved` is made of `place` on the tape. Had we written `place = place + 1.0` *before* the tape, as
#   a training loop does by mistake, `place` would be a tensor in the next round, unwatched: `None`.
#
# The fourth way is whole numbers: there is no derivative with respect to an `int32`.
#
# ### Exercise 3.2: the derivative of any function
#
# `slope(function, x)` gets a Python function and a number, and returns the derivative there: `slope(tf.sin, 0.0)` is 1.


# %%
def slope(function, x):
    return ...


check("03-2", slope)

# %% [markdown]
# ## Do not believe it: measure
#
# A derivative can be measured with two values of the function, a little to the right and a little to the left:
# $\;f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$. It is slow, it is not exact, and it cannot be fooled. Whoever writes a gradient by hand checks
# it so.
#
# ### Exercise 3.3: measure a derivative
#
# Write `measured(function, x)` with `h = 0.01`, on both sides.


# %%
def measured(function, x, h=0.01):
    return ...


check("03-3", measured)

# %% [markdown]
# Which `h` is best? Smaller is more exact, one would think. Here is the error for $e^x$ at 1, in 32 bits:

# %%
steps = 10.0 ** np.arange(-7, 0.5, 0.5)
one, truth = tf.constant(1.0), float(tf.exp(1.0))
errors = []
for h in steps.astype("float32"):
    found = (tf.exp(one + h) - tf.exp(one - h)) / (2 * h)
    errors.append(abs(float(found) - truth) + 1e-9)

figure, axis = plt.subplots(figsize=(5, 3))
axis.loglog(steps, errors, "o-")
axis.set_xlabel("h")
axis.set_ylabel("error of the measured derivative")
best = steps[int(np.argmin(errors))]
show(figure, alt=f"The error falls with h, is least near h = {best:.0e}, and grows again for smaller h.")

# %% [markdown]
# On the left two nearly equal numbers are subtracted, and rounding is all that is left. The tape has no such trouble: it computes with
# the rule for each operation, not with differences. But it has another one.
#
# **Predict.** $\log(1 + e^x)$ is nearly $x$ for large $x$, so its derivative is nearly 1. What does the tape say at $x = 100$?

# %%
my_guess = ...

x = tf.Variable(100.0)
with tf.GradientTape() as tape:
    y = tf.math.log(1.0 + tf.exp(x))
reveal(my_guess, float(tape.gradient(y, x)))

# %% [markdown]
# $e^{100}$ is too large for 32 bits, so it is infinite, and infinity divided by infinity is not a number, `nan`. One `nan` in a
# gradient, and after the next step all weights are `nan`. That is why stable forms exist; use them instead of writing your own:

# %%
with tf.GradientTape() as tape:
    y = tf.math.softplus(x)
float(tape.gradient(y, x))

# %% [markdown]
# ## Downhill, to the best line
#
# Back to the penguins. Both quantities are brought to mean 0 and deviation 1: a step that is right for one weight is then right for
# the other. The line is `slope * length + bias`; the loss is the mean squared error.

# %%
length = tf.constant((flipper - flipper.mean()) / flipper.std())
heavy = tf.constant((mass - mass.mean()) / mass.std())


def loss_of(weight, bias):
    return tf.reduce_mean((weight * length + bias - heavy) ** 2)


float(loss_of(0.0, 0.0)), float(loss_of(1.0, 0.0))

# %% [markdown]
# ### Exercise 3.4: one step of gradient descent
#
# `descend(weight, bias, loss_of, rate)` gets two variables. It computes the gradient of `loss_of(weight, bias)` for both, moves each
# against its gradient, `rate` times as far, and returns the loss from before the step.


# %%
def descend(weight, bias, loss_of, rate):
    return ...


check("03-4", descend)

# %% [markdown]
# This is what it does in 30 steps, drawn on the landscape of the loss. (This cell has its own form of the step, so that it runs
# while your exercise is open: an optimizer of Keras, which does the same, `x ← x - rate · gradient`.)

# %%
import keras

weight, bias = tf.Variable(-0.8), tf.Variable(1.2)
optimizer = keras.optimizers.SGD(learning_rate=0.1)
path = [(float(weight), float(bias))]
for _ in range(30):
    with tf.GradientTape() as tape:
        loss = loss_of(weight, bias)
    gradients = tape.gradient(loss, [weight, bias])
    optimizer.apply_gradients(zip(gradients, [weight, bias]))
    path.append((float(weight), float(bias)))
print(f"weight {float(weight):.3f}, bias {float(bias):.3f}, loss {float(loss_of(weight, bias)):.3f}")

# %%
across, up = np.meshgrid(np.linspace(-1, 2, 40), np.linspace(-1.5, 1.5, 40))
height = np.mean((across[..., None] * length + up[..., None] - heavy) ** 2, axis=-1)

figure, axis = plt.subplots(figsize=(5, 3.5))
axis.contour(across, up, height, levels=12, cmap="Greys")
axis.plot(*zip(*path), "o-", markersize=3)
axis.set_xlabel("weight")
axis.set_ylabel("bias")
show(
    figure,
    alt="Contour lines of the loss, circles around its lowest point at weight 0.87, bias 0. The path of 30 steps goes "
    "straight towards it, in steps that become shorter.",
)

# %% [markdown]
# Is it the best line? For a line there is a formula, least squares, and so we need not believe the picture:

# %%
best = np.polyfit(length.numpy(), heavy.numpy(), 1)
print("least squares:", best.round(3), "descent:", [round(float(weight), 3), round(float(bias), 3)])
assert abs(float(weight) - best[0]) < 0.01

# %% [markdown]
# ### Exercise 3.5: find the mistake
#
# This loop was written by somebody in a hurry. It stops in the second round with a message about `None`:
#
# ```python
# weight = tf.Variable(0.0)
# for _ in range(50):
#     with tf.GradientTape() as tape:
#         loss = function(weight)
#     weight = weight - 0.1 * tape.gradient(loss, weight)
# return weight
# ```
#
# Write it so that it works, as `minimum(function)`: from 0, in 50 steps with rate 0.1, to the place where a function is smallest.


# %%
def minimum(function):
    return ...


check("03-5", minimum)

# %% [markdown]
# > **Coming from TensorFlow 1.** `tf.gradients(loss, [w])` put the derivative into the graph, once, and `sess.run` computed it as often
# > as you liked. A tape records one computation and is used up by one `gradient` call (unless it is `persistent`). In return, the
# > computation may have Python's `if` and `for`, and be another one each time.

# %%
quiz("03", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Penguins: A. M. Horst, A. P. Hill, K. B. Gorman, [palmerpenguins](https://allisonhorst.github.io/palmerpenguins/), 2020, CC0.
# - Tapes: [Introduction to gradients and automatic differentiation](https://www.tensorflow.org/guide/autodiff), TensorFlow's guide.
# - Why tapes are exact: A. G. Baydin et al., *Automatic differentiation in machine learning: a survey*, JMLR 18, 2018.
