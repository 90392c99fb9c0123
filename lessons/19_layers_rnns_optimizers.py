# %% [markdown]
# A layer with the old name, the old shape and another meaning is the expensive kind of break: it raises nothing. In this lesson you meet the
# silent ones (dropout, gates, momentum, defaults) with numbers, and then the loud ones of Keras 3, which a list mends.
#
# **After this lesson you can**
#
# - translate dropout, batch normalization and optimizers with their old defaults
# - put the weights of an old LSTM into a layer of today, and prove that it computes the same
# - say when momentum of Keras and of TensorFlow 1 part
# - mend the breaks of Keras 3 from their error messages

# %%
import warnings

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

v1 = tf.compat.v1
tf.get_logger().setLevel("ERROR")  # the old parts say that they are old, which is why we are here

# %% [markdown]
# ## Dropout: kept or dropped?
#
# An old program says `tf.nn.dropout(x, 0.9)`. Somebody writes `keras.layers.Dropout(0.9)`.
#
# **Predict.** Which share of a thousand ones does the new layer set to zero, in training? Then think of the old one.

# %%
my_guess = ...

ones = np.ones((100, 1000), "float32")
new = keras.layers.Dropout(0.9)(ones, training=True)
old = v1.nn.dropout(ones, rate=1 - 0.9)  # what keep_prob=0.9 means
print("old:", round(float(np.mean(old == 0)), 2))
reveal(my_guess, round(float(np.mean(new == 0)), 2))

# %% [markdown]
# `keep_prob` became `rate`, its complement. The program still trains, badly.
#
# ### Exercise 19.1: dropout, translated
#
# Write `dropped(x, keep_prob)` as the old `tf.nn.dropout(x, keep_prob)`: it drops on every call.


# %%
def dropped(x, keep_prob):
    return ...


check("19-1", dropped)

# %% [markdown]
# ## Batch normalization: who moves the averages?
#
# In TensorFlow 1 the moving averages moved only if you ran `UPDATE_OPS`. In Keras `training=True` moves them.
#
# **Predict.** A new layer has a moving mean of 0 and the default momentum of 0.99. It sees one batch of tens, in training. What is
# its moving mean then?

# %%
my_guess = ...

norm = keras.layers.BatchNormalization()
norm(10.0 * np.ones((8, 1), "float32"), training=True)
reveal(my_guess, float(norm.moving_mean[0]))

# %% [markdown]
# `0.99 · 0 + 0.01 · 10`. What Keras calls *momentum* is `decay` of `tf.contrib.layers.batch_norm`, whose default was 0.999. Epsilon is
# 0.001 in all of them.
#
# > **Coming from TensorFlow 1.** `tf.layers` and `tf.nn.rnn_cell` are Keras 2 inside. `tf2kit migrate` keeps such a program exact, by
# > `TF_USE_LEGACY_KERAS=1` and the package `tf_keras` (`tf2kit explain RUN402`). Stand-alone `keras` of that time goes to
# > `tensorflow.compat.v1.keras` (`tf2kit explain RUN404`).
#
# ## An LSTM and its gates
#
# The cell of TensorFlow 1, `BasicLSTMCell`, in NumPy. One kernel for inputs and state together; four blocks of columns: input gate `i`,
# new input `j`, forget gate `f`, output gate `o`.


# %%
def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def basic_lstm(x, kernel, bias):
    units = len(bias) // 4
    state, output = np.zeros((2, len(x), units))
    for step in range(x.shape[1]):
        gates = np.concatenate([x[:, step], output], axis=1) @ kernel + bias
        i, j, f, o = np.split(gates, 4, axis=1)
        state = sigmoid(f + 1.0) * state + sigmoid(i) * np.tanh(j)  # forget_bias=1.0
        output = sigmoid(o) * np.tanh(state)
    return output


# %% [markdown]
# Keras has two kernels, one for inputs and one for the state. The shapes fit if we cut the old one in two.
#
# **Predict.** We cut it and set the weights as they are. Is it `"error"`, `"same"` output, or `"different"` output?

# %%
my_guess = ...

x = np.random.normal(size=(2, 6, 3)).astype("float32")
kernel = np.random.normal(size=(3 + 5, 20)).astype("float32")
bias = np.zeros(20, "float32")
layer = keras.layers.LSTM(5)
layer.build((None, 6, 3))
try:
    layer.set_weights([kernel[:3], kernel[3:], bias])
    apart = float(np.max(np.abs(layer(x) - basic_lstm(x, kernel, bias))))
    print(f"largest difference: {apart:.2f}")
    fact = "same" if apart < 1e-4 else "different"
except ValueError:
    fact = "error"
reveal(my_guess, fact)

# %% [markdown]
# Two reasons. Keras orders the gates `i, f, c, o` (its `c` is the old `j`). And the old cell adds 1 to the forget gate in every step,
# where Keras has put that 1 into the *initial* bias.
#
# ### Exercise 19.2: old weights, new layer
#
# Write `lstm_weights(kernel, bias)`, which takes those of `BasicLSTMCell` and returns the list that `set_weights` of a Keras LSTM wants:
# kernel, recurrent kernel, bias.


# %%
def lstm_weights(kernel, bias):
    return ...


check("19-2", lstm_weights, basic_lstm)

# %% [markdown]
# A GRU has such a trap, too: `tf.nn.rnn_cell.GRUCell` applies the reset gate before the matrix product, which is
# `reset_after=False`; the default of Keras is `True`, with another number of biases.
#
# ## Optimizers start from elsewhere
#
# RMSProp divides by the root of a running average of squared gradients.
#
# **Predict.** One step with gradient 1 and rate 0.1. `tf.train.RMSPropOptimizer` takes a weight from 0 to -0.1. And
# `keras.optimizers.RMSprop`, with the same decay of 0.9?

# %%
my_guess = ...

with tf.Graph().as_default() as graph:
    w = v1.get_variable("w", initializer=0.0)
    train = v1.train.RMSPropOptimizer(0.1, decay=0.9).minimize(w)
    begin = v1.global_variables_initializer()
with v1.Session(graph=graph) as session:
    session.run(begin)
    session.run(train)
    print("TensorFlow 1:", round(float(session.run(w)), 3))

weight = tf.Variable(0.0)
keras.optimizers.RMSprop(0.1, rho=0.9).apply_gradients([(tf.constant(1.0), weight)])
reveal(my_guess, round(float(weight), 3))

# %% [markdown]
# The old average starts from 1, the new one from 0, so the first step is three times as large. The difference fades, by a factor of 0.9
# in each step. Such things are in no signature. These are:

# %%
import inspect

pairs = [
    (v1.train.AdamOptimizer, keras.optimizers.Adam),
    (v1.train.RMSPropOptimizer, keras.optimizers.RMSprop),
    (v1.train.AdagradOptimizer, keras.optimizers.Adagrad),
]
for pair in pairs:
    for one in pair:
        words = list(inspect.signature(one.__init__).parameters.values())[1:6]
        print(f"{one.__name__:18}", *[str(word) for word in words if word.name != "use_locking"], sep="  ")

# %% [markdown]
# | | TensorFlow 1 | Keras 3 |
# |---|---|---|
# | Adam | `epsilon=1e-8` | `epsilon=1e-7` |
# | RMSProp | `epsilon=1e-10`, average starts from 1 | `epsilon=1e-7`, starts from 0 |
# | Adagrad | starts from 0.1, no epsilon | starts from 0.1, `epsilon=1e-7` |
# | rate | must be given, but for Adam | 0.001, SGD 0.01 |
# | names | `beta1`, `decay`, `global_step` | `beta_1`, `rho`, `iterations` |
#
# ### Exercise 19.3: Adam as it was
#
# Write `tf.train.AdamOptimizer(0.001, beta2=0.99)` with Keras.

# %%
adam = ...

check("19-3", adam)

# %% [markdown]
# ## Momentum, twice
#
# **Predict.** Two gradients of 1; momentum 0.9; rate 1 in the first step and 0.1 in the second. `tf.train.MomentumOptimizer` takes a
# weight from 0 to -1.19. Where does `keras.optimizers.SGD(momentum=0.9)` take it?

# %%
my_guess = ...

with tf.Graph().as_default() as graph:
    rate = v1.placeholder(tf.float32, [])
    w = v1.get_variable("w", initializer=0.0)
    train = v1.train.MomentumOptimizer(rate, 0.9).minimize(w)
    begin = v1.global_variables_initializer()
with v1.Session(graph=graph) as session:
    session.run(begin)
    for value in (1.0, 0.1):
        session.run(train, {rate: value})
    print("TensorFlow 1:", round(float(session.run(w)), 4))

weight = tf.Variable(0.0)
sgd = keras.optimizers.SGD(1.0, momentum=0.9)
for value in (1.0, 0.1):
    sgd.learning_rate = value
    sgd.apply_gradients([(tf.constant(1.0), weight)])
reveal(my_guess, round(float(weight), 4))

# %% [markdown]
# TensorFlow 1 keeps a sum of *gradients* and multiplies by today's rate. Keras keeps a sum of *steps*, each with the rate of its day.
# With a constant rate both are the same; here is a rate that halves every five steps:

# %%
ways = {"TensorFlow 1": [0.0], "Keras 3": [0.0]}
total = steps = 0.0
for step in range(40):
    value = 0.1 * 0.5 ** (step // 5)
    total, steps = 0.9 * total + 1.0, 0.9 * steps + value
    ways["TensorFlow 1"].append(ways["TensorFlow 1"][-1] - value * total)
    ways["Keras 3"].append(ways["Keras 3"][-1] - steps)

figure, axes = plt.subplots(figsize=(6, 2.6))
for (name, way), style in zip(ways.items(), ("-", "--")):
    axes.plot(way, style, label=name)
axes.set_xlabel("step, gradient always 1")
axes.set_ylabel("weight")
axes.legend()
show(
    figure,
    alt=f"Two curves that part after five steps, when the rate falls first: after 40 steps the weight is "
    f"{ways['TensorFlow 1'][-1]:.2f} with TensorFlow 1 and {ways['Keras 3'][-1]:.2f} with Keras 3.",
)

# %% [markdown]
# ### Exercise 19.4: momentum as it was
#
# Write `momentum(weight, kept, gradient, rate)`: it changes the variables `weight` and `kept` as `MomentumOptimizer` with momentum 0.9 does.


# %%
def momentum(weight, kept, gradient, rate):
    return ...


check("19-4", momentum)

# %% [markdown]
# ## A word that is swallowed
#
# **Predict.** Keras 2 had `SGD(0.1, decay=0.5)`: the rate falls in each step. What is the rate in Keras 3 after 10 steps?

# %%
my_guess = ...

with warnings.catch_warnings(record=True) as said:
    warnings.simplefilter("always")
    swallowing = keras.optimizers.SGD(0.1, decay=0.5)
spare = tf.Variable(0.0)
for _ in range(10):
    swallowing.apply_gradients([(tf.constant(1.0), spare)])
print("it said:", *(str(warning.message)[:70] for warning in said))
reveal(my_guess, round(float(swallowing.learning_rate), 4))

# %% [markdown]
# One warning, easily lost. Today: `keras.optimizers.schedules.InverseTimeDecay(0.1, 1, 0.5)` as the rate.
#
# ## The loud ones
#
# What Keras 3 refuses. Each line is run; read what it says.


# %%
class Positional(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight("w", (3,))  # the name was first

    def call(self, x):
        return x * self.w


model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(2)])
old_word = {"lr": 0.1}
breaks = {
    "keras.Input(3)": lambda: keras.Input(3),
    "tf.abs(keras.Input(shape=(3,)))": lambda: tf.abs(keras.Input(shape=(3,))),
    "add_weight('w', (3,))": lambda: Positional()(np.ones((1, 3), "float32")),
    "SGD(lr = 0.1)": lambda: keras.optimizers.SGD(**old_word),
    "model.save_weights('w')": lambda: model.save_weights("w"),
    "model.save('folder')": lambda: model.save("folder"),
    "model.submodules": lambda: model.submodules,
}
for text, call in breaks.items():
    try:
        call()
        print(f"{text:34} works here")
    except Exception as error:
        print(f"{text:34} {type(error).__name__}: {str(error).splitlines()[0][:70]}")

# %% [markdown]
# | Then | Now |
# |---|---|
# | `keras.Input(3)` | `keras.Input(shape=(3,))` |
# | a TensorFlow operation on a symbolic tensor | `keras.ops`, or a layer with it in `call` |
# | `add_weight("w", (3,))` | `add_weight(name="w", shape=(3,))` |
# | `lr=`, `decay=` | `learning_rate=`, a schedule |
# | `save_weights("w")`, `save("folder")` | `"w.weights.h5"`; `"m.keras"` or `export("folder")` |
# | `layer.dtype` is a `tf.DType` | a text, such as `"float32"` |
# | `metric.reset_states` | `metric.reset_state` |
# | `optimizers.legacy`, `experimental` | `keras.optimizers`, or Keras 2 in `tf_keras` |
#
# ### Exercise 19.5: mend it
#
# ```python
# inputs = keras.layers.Input(4)
# hidden = keras.layers.Dense(3)(inputs)
# model = keras.Model(inputs, tf.nn.l2_normalize(hidden, 1))
# model.compile(optimizer=keras.optimizers.SGD(lr=0.1), loss="mse")
# ```
#
# Write `modern()`, which returns this model, compiled, with Keras 3.


# %%
def modern():
    return ...


check("19-5", modern)

# %%
quiz("19", ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Gates, `forget_bias` and the reset gate: `rnn_cell_impl.py` of TensorFlow 1.15, and the LSTM and GRU layers of Keras 3.
# - Defaults of optimizers: [tf.compat.v1.train](https://www.tensorflow.org/api_docs/python/tf/compat/v1/train) and
#   [Keras optimizers](https://keras.io/api/optimizers/).
# - The break list: [Migrating Keras 2 code to Keras 3](https://keras.io/guides/migrating_to_keras_3/), and run above.
