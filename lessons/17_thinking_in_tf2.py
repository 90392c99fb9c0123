# %% [markdown]
# Names are the small part of a migration; a tool changes them. The large part is in the head: a TensorFlow 1 program *describes* a
# computation and hands it over, a TensorFlow 2 program *does* it. Translated line by line, the first still runs and now and then
# computes something else. This lesson shows where, on real old code, running.
#
# **After this lesson you can**
#
# - say for each part of a graph program what it became: session, fetch, feed, placeholder, variable scope, control dependency
# - spot the four translations that run and are wrong
# - translate a training program, and show that both versions make the same losses

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

v1 = tf.compat.v1

# %% [markdown]
# `tf.compat.v1` holds TensorFlow 1 as it was. In a graph of its own it works beside eager code, so each old program below really runs.
#
# ## A recipe or a result?
#
# **Predict.** A graph has one random node. We run it twice. Are the two numbers the same? `True` or `False`.

# %%
my_guess = ...

with tf.Graph().as_default() as graph:
    node = tf.random.normal([])
with v1.Session(graph=graph) as session:
    once, twice = session.run(node), session.run(node)
reveal(my_guess, bool(once == twice))

# %% [markdown]
# A node is a recipe, and every run cooks it anew. Now the same line in eager code:
#
# **Predict.** Here `drawn` is used twice. Same number?

# %%
my_guess = ...

drawn = tf.random.normal([])
reveal(my_guess, bool(drawn + 0.0 == drawn * 1.0))

# %% [markdown]
# A tensor is a result. It was cooked when its line ran, and stays what it is. So the first rule of translation:
#
# > What a graph computes in *every run* belongs into a **function**. What it computes *once* (variables) belongs outside.
#
# ### Exercise 17.1: noise
#
# ```python
# x = tf.placeholder(tf.float32, [None])
# y = x + tf.random_normal(tf.shape(x), stddev=0.1)
# sess.run(y, feed_dict={x: [1.0, 2.0, 3.0]})
# ```
#
# Write the same as `noisy(x)`, for a list of floats.


# %%
def noisy(x):
    return ...


check("17-1", noisy)

# %% [markdown]
# ## A placeholder is a parameter with a type
#
# A placeholder gave three things: a name, a type, a shape with holes. In a `tf.function` they are the argument and its *signature*.

# %%
traces = []


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def doubled(x):
    traces.append(x.shape)  # Python: runs while the plan is made
    return 2.0 * x


# %% [markdown]
# **Predict.** We call it with 1, 7 and 100 rows. How many plans (*traces*) does it make?

# %%
my_guess = ...

for rows in (1, 7, 100):
    doubled(tf.ones([rows, 2]))
print("the plan saw the shape", traces[0])
reveal(my_guess, len(traces))

# %% [markdown]
# One plan with a hole for the number of rows, as the placeholder had. And it refuses what a placeholder would have refused:

# %%
try:
    doubled(tf.ones([3, 5]))
except (TypeError, ValueError) as error:
    print(type(error).__name__, "-", str(error).splitlines()[0][:100])

# %% [markdown]
# ### Exercise 17.2: a placeholder with a shape
#
# ```python
# x = tf.placeholder(tf.float32, [None, 3])
# energy = tf.reduce_sum(x * x, axis=1)
# ```
#
# Write `energy(x)`: one plan for all numbers of rows, and three columns, no more and no less.


# %%
@tf.function
def energy(x):
    return ...


check("17-2", energy)

# %% [markdown]
# > **Coming from TensorFlow 1.** `placeholder_with_default` is a parameter with a default. `tf.placeholder(tf.bool)` for "am I
# > training" is the argument `training`. A fetch list is a `return` of several values. `sess.partial_run` has no counterpart:
# > make two functions. What `tf2kit migrate --to native` cannot lift stays a graph, with the reason (`tf2kit explain NAT501`).
#
# ## The order of effects
#
# **Predict.** A variable is 1. The graph assigns 5 to it, and another line doubles it. We run the doubling. What comes out?

# %%
my_guess = ...

with tf.Graph().as_default() as graph:
    variable = v1.get_variable("v", initializer=1.0)
    change = variable.assign(5.0)
    result = variable * 2.0
    begin = v1.global_variables_initializer()
with v1.Session(graph=graph) as session:
    session.run(begin)
    fact = float(session.run(result))
reveal(my_guess, fact)

# %% [markdown]
# Nobody asked for `change`: a session runs what a fetch needs, and the doubling does not need it. To get 10 one wrote
# `with tf.control_dependencies([change])`. Forgetting it was the classic bug of TensorFlow 1: batch normalization whose averages never
# moved.
#
# **Predict.** The same three lines in a `tf.function`:

# %%
my_guess = ...

cell = tf.Variable(1.0)


@tf.function
def change_and_double():
    cell.assign(5.0)
    return cell * 2.0


reveal(my_guess, float(change_and_double()))

# %% [markdown]
# Also a graph, but effects happen in the order of the lines: TensorFlow adds the control dependencies (*automatic control
# dependencies*). So `control_dependencies`, `tf.group` and the collection `UPDATE_OPS` leave your program. Be careful with one thing:
# **an assignment that no old run asked for must not be translated**, since now it would happen.
#
# ## Whose variable is it?
#
# A graph owns its variables, and finds them by name. Today an object owns them, and Python's rules hold.
#
# **Predict.** This function was fine in TensorFlow 1, where it ran once, while the graph was built. Now each training step calls it.
# By how much does its output change, in 20 steps of training?

# %%
my_guess = ...


def score(x):
    weight = tf.Variable(3.0)
    return weight * x, weight


seen = []
for _ in range(20):
    with tf.GradientTape() as tape:
        output, weight = score(2.0)
    weight.assign_sub(0.1 * tape.gradient(output, weight))
    seen.append(float(output))
reveal(my_guess, seen[-1] - seen[0])

# %% [markdown]
# Every call makes a new weight, trains it, and throws it away. No error, no learning. `reuse=True` and `AUTO_REUSE` used to prevent
# this; today you make variables once and keep the object that has them.
#
# ### Exercise 17.3: a scope becomes a class
#
# ```python
# def linear(x):
#     with tf.variable_scope("linear", reuse=tf.AUTO_REUSE):
#         w = tf.get_variable("w", [3, 2], initializer=tf.ones_initializer())
#         b = tf.get_variable("b", [2], initializer=tf.zeros_initializer())
#         return tf.matmul(x, w) + b
# ```
#
# Complete `Linear`. A `tf.Module` finds the variables among its attributes.


# %%
class Linear(tf.Module):
    def __init__(self):
        super().__init__()

    def __call__(self, x):
        return ...


check("17-3", Linear)

# %% [markdown]
# ## No initializer
#
# In a session a variable had no value until somebody ran an initializer:

# %%
with tf.Graph().as_default() as graph:
    late = v1.get_variable("late", initializer=1.0)
with v1.Session(graph=graph) as session:
    try:
        session.run(late)
    except tf.errors.FailedPreconditionError as error:
        print("session:", type(error).__name__)
print("eager:  ", tf.Variable(1.0).numpy())

# %% [markdown]
# `global_variables_initializer()` is the one line with no counterpart. Delete it.
#
# ## State that Python keeps is not in the plan
#
# A learning rate of 0.1 shall halve every ten steps. Somebody translated `global_step` to a Python number.
#
# **Predict.** What does the *third* call of `Stuck` return, with three digits behind the point?

# %%
my_guess = ...


class Stuck(tf.Module):
    def __init__(self):
        super().__init__()
        self.done = 0

    @tf.function
    def __call__(self):
        self.done += 1
        return 0.1 * 0.5 ** (self.done / 10)


stuck = Stuck()
rates = [float(stuck()) for _ in range(3)]
print("rates:", [round(rate, 4) for rate in rates], " counted:", stuck.done)
reveal(my_guess, round(rates[2], 3))

# %% [markdown]
# `done` was counted once, while the plan was made, and the plan has the number 1 in it for ever. A `tf.function` is a graph after all:
# what Python does belongs to building it, what TensorFlow does belongs to running it. Graph programs had the same line between both;
# it was called `sess.run`.
#
# ### Exercise 17.4: find the mistake
#
# Write `Schedule` so that its tenth call returns 0.05 and its twentieth 0.025, still as a `tf.function`.


# %%
class Schedule(tf.Module):
    def __init__(self):
        super().__init__()
        self.done = ...

    @tf.function
    def __call__(self):
        return ...


check("17-4", Schedule)

# %% [markdown]
# ## Loops and conditions
#
# `tf.while_loop` took two functions, of the condition and of the body. In a `tf.function`, Python's own `while`, `for` and `if`
# become these operations when they depend on a tensor (*AutoGraph*).

# %%
with tf.Graph().as_default() as graph:
    start_at = v1.placeholder(tf.float32, [])
    count, _ = v1.while_loop(lambda n, x: x > 1.0, lambda n, x: (n + 1, x / 2.0), (0, start_at))
with v1.Session(graph=graph) as session:
    old = int(session.run(count, {start_at: 100.0}))


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def halvings(x):
    n = 0
    while x > 1.0:
        n, x = n + 1, x / 2.0
    return n


print("session:", old, " function:", int(halvings(100.0)))
assert old == int(halvings(100.0))

# %% [markdown]
# ## A whole program, twice
#
# Softmax regression on the 1,797 digits, 200 steps with 100 pictures each. First as it was written in 2016:

# %%
digits = load_digits()
pictures, labels = (digits.data / 16).astype("float32"), digits.target
picks = np.random.default_rng(0).integers(0, len(labels), (200, 100))

with tf.Graph().as_default() as graph:
    x = v1.placeholder(tf.float32, [None, 64])
    y = v1.placeholder(tf.int64, [None])
    w = v1.get_variable("w", [64, 10], initializer=tf.zeros_initializer())
    b = v1.get_variable("b", [10], initializer=tf.zeros_initializer())
    each = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=tf.matmul(x, w) + b)
    loss = tf.reduce_mean(each)
    train = v1.train.GradientDescentOptimizer(0.5).minimize(loss)
    begin = v1.global_variables_initializer()

session = v1.Session(graph=graph)
session.run(begin)
old_losses = [session.run([loss, train], {x: pictures[pick], y: labels[pick]})[0] for pick in picks]
print(f"first loss {old_losses[0]:.4f}, last loss {old_losses[-1]:.4f}")

# %% [markdown]
# And thought anew. The recipe became the function `step`; the variables are in a layer; the session is a call.

# %%
layer = keras.layers.Dense(10, kernel_initializer="zeros")
layer.build((None, 64))
optimizer = keras.optimizers.SGD(0.5)
optimizer.build(layer.trainable_variables)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def eager_step(x, y):
    with tf.GradientTape() as tape:
        loss = cross_entropy(y, layer(x))
    gradients = tape.gradient(loss, layer.trainable_variables)
    optimizer.apply_gradients(zip(gradients, layer.trainable_variables))
    return loss


step = tf.function(eager_step)

# %% [markdown]
# **Predict.** The same pictures in the same order, from the same zeros. How far apart are the two lists of losses, at most? Write a
# number; 0.1 if you think that optimizers differ, 0 if they agree to the last bit.

# %%
my_guess = ...

new_losses = [float(step(pictures[pick], labels[pick])) for pick in picks]
apart = float(np.max(np.abs(np.array(new_losses) - old_losses)))
assert apart < 1e-4
reveal(my_guess, apart)

# %% [markdown]
# Neither: they agree as far as 32-bit numbers can, since sums are done in another order. "The same to about seven digits" is
# what a right translation looks like, and what `tf2kit verify` asks for at every step (lesson 18).

# %%
figure, axes = plt.subplots(figsize=(7, 3))
axes.plot(old_losses, linewidth=5, color="lightgray", label="session, 2016")
axes.plot(new_losses, linewidth=1, color="black", linestyle="--", label="function, today")
axes.set_xlabel("step")
axes.set_ylabel("loss")
axes.legend()
show(
    figure,
    alt=f"Two curves of the loss, one upon the other: from {old_losses[0]:.2f} down to {old_losses[-1]:.2f} in 200 "
    f"steps, nowhere more than {apart:.0e} apart.",
)

# %% [markdown]
# ## What does a step cost?
#
# The session, the same lines in eager mode, and the function, in microseconds:

# %%
from tf2kit.lessons import microseconds

batch, classes = tf.constant(pictures[:100]), tf.constant(labels[:100])
fed = {x: pictures[:100], y: labels[:100]}
times = {
    "session": microseconds(lambda: session.run([loss, train], fed)),
    "eager": microseconds(lambda: eager_step(batch, classes)),
    "function": microseconds(lambda: step(batch, classes)),
}
session.close()
print({name: round(time) for name, time in times.items()})

# %% [markdown]
# Look at the ratios. The eager step pays for every small operation in Python; the function has a plan, as the session had. That is why
# training loops wear a `tf.function`, and why you develop them without it: eager code can be printed and stepped through.
#
# ### Exercise 17.5: from nothing
#
# ```python
# X, Y = tf.placeholder(tf.float32, [None]), tf.placeholder(tf.float32, [None])
# w, b = tf.Variable(0.0), tf.Variable(0.0)
# loss = tf.reduce_mean(tf.square(w * X + b - Y))
# train = tf.train.GradientDescentOptimizer(rate).minimize(loss)
# with tf.Session() as sess:
#     sess.run(tf.global_variables_initializer())
#     for _ in range(steps):
#         _, value = sess.run([train, loss], {X: x, Y: y})
#         losses.append(value)
# ```
#
# Write it as `fit(x, y, rate, steps)`, which returns the list of losses.


# %%
def fit(x, y, rate, steps):
    return ...


check("17-5", fit)

# %% [markdown]
# ## The dictionary
#
# | TensorFlow 1 | became |
# |---|---|
# | `sess.run(fetches, feed_dict)` | a call: `values = function(arguments)` |
# | `tf.placeholder(type, shape)` | a parameter; `tf.TensorSpec` in a signature |
# | a node outside of all runs | a line inside the function |
# | `tf.get_variable`, scopes, `reuse` | an attribute of an object; the same object again |
# | `tf.global_variables_initializer` | nothing |
# | `optimizer.minimize(loss)` | tape, gradient, `apply_gradients` |
# | `tf.control_dependencies`, `tf.group`, `UPDATE_OPS` | the order of lines |
# | `tf.while_loop`, `tf.cond`, `tf.case` | `while`, `for`, `if` in a `tf.function` |
# | collections, `tf.trainable_variables()` | `object.trainable_variables` |
# | `tf.train.Saver` | `tf.train.Checkpoint` |
# | `tf.Session(target)`, clusters | strategies |
#
# The four translations that run and are wrong: a recipe outside its function; a variable made in every call; Python state inside a
# plan; and an effect that nobody asked for and that now happens.

# %%
quiz("17", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - The change as its authors planned it: TensorFlow RFC,
#   [*Functions, not sessions*](https://github.com/tensorflow/community/blob/master/rfcs/20180918-functions-not-sessions-20.md), 2018.
# - Order of effects and traces: [Introduction to graphs and tf.function](https://www.tensorflow.org/guide/intro_to_graphs) and
#   [Better performance with tf.function](https://www.tensorflow.org/guide/function).
# - Behaviour of `tf.compat.v1`: computed here. The digits: scikit-learn's copy of the UCI data set.
