# %% [markdown]
# In lesson 2 nine of ten digits were recognised by their averages. Now a network shall read them, at 97 % or better, and we build it in
# the three ways that Keras has: as a list of layers, as a graph of layers, and as a class. They are three ways to write one thing, and
# you will know when to use which.
#
# **After this lesson you can**
#
# - build, train and evaluate a model in each of the three ways
# - predict numbers of parameters, and the loss of a network that has learnt nothing
# - match the last layer with the loss, and recognise when they do not fit
# - reach 97 % on digits that the network has never seen

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

# %% [markdown]
# Keras comes with TensorFlow; `tf.keras` and `keras` are one package under two names. The lessons write `keras`.

# %%
tf.keras.Model is keras.Model

# %% [markdown]
# ## Data: a part to learn from, a part to be honest with
#
# With a network, `tfds.load("mnist")` gives you 70,000 digits of 28 × 28 pixels (lesson 5). The bundled digits need none. A quarter
# is put aside, and no training ever sees it. Pixels from 0 to 16 become numbers from 0 to 1.

# %%
digits = load_digits()
pictures = (digits.images / 16).astype("float32")
train_x, test_x, train_y, test_y = train_test_split(
    pictures, digits.target, test_size=0.25, stratify=digits.target, random_state=0
)
print("train:", train_x.shape, train_y.shape, " test:", test_x.shape, test_y.shape)

# %% [markdown]
# ## The first way: a list of layers
#
# A `Dense` layer is `activation(inputs @ kernel + bias)`. Here are two of them, one behind the other.

# %%
sequential = keras.Sequential(
    [
        keras.Input(shape=(8, 8)),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(10),
    ]
)

# %% [markdown]
# **Predict.** How many numbers can the first `Dense` layer learn? It has 64 inputs and 32 outputs.

# %%
my_guess = ...

reveal(my_guess, sequential.layers[1].count_params())

# %% [markdown]
# A kernel of 64 × 32, and a bias for each output. `summary` shows them all:

# %%
sequential.summary(line_length=70)

# %% [markdown]
# ### Exercise 4.1: count parameters
#
# How many would the whole network have with 100 units in place of 32? Compute it by hand, then write the number.

# %%
parameters = ...

check("04-1", parameters)

# %% [markdown]
# ## Ten numbers, and what they mean
#
# The last layer has no activation. Its outputs are *logits*: any numbers, the largest one wins. *Softmax* turns them into
# probabilities. The loss, *cross-entropy*, is minus the logarithm of the probability that the right digit got.
#
# **Predict.** The network has learnt nothing, so each digit gets a probability of about 1/10. What is the loss, roughly?

# %%
my_guess = ...

cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
untrained = float(cross_entropy(test_y, sequential(test_x)))
print("minus log of 1/10:", -np.log(0.1).round(3))
reveal(my_guess, round(untrained, 2))

# %% [markdown]
# Remember that number. A loss that starts far above it, or that stays near it, says that something is wrong: inputs of the wrong
# scale, or a loss that does not fit the last layer. `from_logits=True` says "the softmax is yours to do". With a softmax in the model
# *and* in the loss it is done twice; the model trains all the same, only badly.
#
# ### Exercise 4.2: the loss that fits
#
# Somebody's model ends with `Dense(10, activation="softmax")`, and the labels are whole numbers such as 7. Which Keras loss fits?

# %%
fitting = ...

check("04-2", fitting)

# %% [markdown]
# ## Train, and look
#
# `compile` says how to learn, `fit` does it. An *epoch* is one pass through the training data, in batches.

# %%
sequential.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy, metrics=["accuracy"])
history = sequential.fit(
    train_x, train_y, batch_size=64, epochs=12, validation_data=(test_x, test_y), verbose=0
).history
print(f"accuracy on unseen digits: {history['val_accuracy'][-1]:.3f}")

# %%
figure, axis = plt.subplots(figsize=(5, 3))
axis.plot(history["loss"], "-", label="training")
axis.plot(history["val_loss"], "--", label="unseen")
axis.axhline(np.log(10), color="grey", linestyle=":")
axis.set_xlabel("epoch")
axis.set_ylabel("loss")
axis.legend()
first, last = [f"{history['loss'][n]:.2f} and {history['val_loss'][n]:.2f}" for n in (0, -1)]
show(
    figure,
    alt=f"Losses of training and of unseen digits: {first} after the first epoch, already below the dotted line of "
    f"knowing nothing at 2.30, {last} after the last. They fall steeply at first and stay close together.",
)


# %% [markdown]
# > **Coming from TensorFlow 1.** The same network had a placeholder for the pictures and one for the labels, `tf.layers.dense` twice, a
# > training operation, and a loop of `sess.run(train_op, feed_dict=…)` in a session. All that is `compile` and `fit`. When you need the
# > loop, it is there (lesson 6). `tf2kit migrate` takes `tf.layers` to Keras 2 where a program must stay as it is
# > (`tf2kit explain RUN402`).

# %% [markdown]
# ## The second way: a graph of layers
#
# A list has one input, one output and no branches. For everything else, call layers on *symbolic* tensors, and tell `Model` where the
# graph begins and ends.

# %%
inputs = keras.Input(shape=(8, 8))
flat = keras.layers.Flatten()(inputs)
hidden = keras.layers.Dense(32, activation="relu")(flat)
functional = keras.Model(inputs, keras.layers.Dense(10)(hidden))
functional.set_weights(sequential.get_weights())

# %% [markdown]
# **Predict.** It now has the weights of the list of layers. Is the largest difference between their outputs 0, or only small?

# %%
my_guess = ...

reveal(my_guess, float(np.max(np.abs(functional(test_x) - sequential(test_x)))))

# %% [markdown]
# The same layers in the same order are the same computation. So the second way is worth its extra lines only where a list cannot do it.
# Here is such a case: two questions about one picture. Which digit is it, and does it have a closed loop, as 0, 6, 8 and 9 do?

# %%
both = keras.Model(
    inputs,
    {"digit": keras.layers.Dense(10, name="digit")(hidden), "loop": keras.layers.Dense(1, name="loop")(hidden)},
)
both.compile(
    optimizer=keras.optimizers.Adam(0.003),
    loss={"digit": cross_entropy, "loop": keras.losses.BinaryCrossentropy(from_logits=True)},
)
has_loop = np.isin(train_y, [0, 6, 8, 9]).astype("float32")[:, None]
both.fit(train_x, {"digit": train_y, "loop": has_loop}, batch_size=64, epochs=8, verbose=0)

said = both(test_x)["loop"].numpy()[:, 0] > 0
print(f"loops recognised in unseen digits: {np.mean(said == np.isin(test_y, [0, 6, 8, 9])):.3f}")

# %% [markdown]
# ### Exercise 4.3: a shortcut
#
# Build a functional model in which the ten outputs see the hidden layer *and* the pixels: flatten an input of shape `(8, 8)`, make 16
# hidden units with `relu`, join both with `keras.layers.Concatenate`, and put `Dense(10)` behind it.

# %%
shortcut = ...

check("04-3", shortcut)

# %% [markdown]
# ## The third way: a class
#
# Write a class when the computation is a program: with conditions, loops, or parts of your own. Layers are made in `__init__`, and
# `call` says what happens. Layers that are attributes are found by Keras, with all their weights.


# %%
class Reader(keras.Model):
    """Reads a digit; drops a share of the hidden units while it is trained."""

    def __init__(self, units):
        super().__init__()
        self.flatten = keras.layers.Flatten()
        self.hidden = keras.layers.Dense(units, activation="relu")
        self.dropout = keras.layers.Dropout(0.3)
        self.digit = keras.layers.Dense(10)

    def call(self, x, training=False):
        x = self.hidden(self.flatten(x))
        return self.digit(self.dropout(x, training=training))


# %% [markdown]
# **Predict.** `Reader(32)` has two `Dense` layers, so a list of four weights: two kernels, two biases. How many are there before
# the first call?

# %%
my_guess = ...

reader = Reader(32)
before = len(reader.weights)
reader(test_x[:1])
print("after the first call:", len(reader.weights))
reveal(my_guess, before)

# %% [markdown]
# Nobody has told the layer how many inputs there will be. The first call does, and then the weights are made. This is what people meet
# when `load_weights` of a new model complains: call it once, or `build` it, first.
#
# **Predict.** `training` is another thing that a list hides. Dropout of 0.5 sets half of its inputs to 0. What is the
# sum of its outputs for eight ones, when it is called as in the next cell?

# %%
my_guess = ...

dropout = keras.layers.Dropout(0.5)
print("training:", dropout(tf.ones(8), training=True).numpy())
reveal(my_guess, float(tf.reduce_sum(dropout(tf.ones(8)))))

# %% [markdown]
# Outside of training dropout does nothing; in training what is left is doubled, so that the expected sum stays. `fit` passes
# `training=True` and `evaluate` does not. In your own `call`, hand it on, as `Reader` does.
#
# ### Exercise 4.4: a layer of your own
#
# Write `Residual(units)`, a layer that returns `x + dense(x)`, where `dense` is a `Dense` layer with that many units and `relu`.


# %%
class Residual(keras.layers.Layer):
    def __init__(self, units):
        super().__init__()

    def call(self, x):
        return ...


check("04-4", Residual)

# %% [markdown]
# ## 97 %
#
# A picture is more than a row of 64 numbers: neighbours belong together. A *convolution* looks at 3 × 3 pixels at a time, with the same
# weights everywhere; *pooling* keeps the strongest answer of each 2 × 2.

# %%
network = keras.Sequential(
    [
        keras.Input(shape=(8, 8)),
        keras.layers.Reshape((8, 8, 1)),
        keras.layers.Conv2D(32, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Conv2D(64, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(10),
    ]
)
network.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy, metrics=["accuracy"])
network.fit(train_x, train_y, batch_size=64, epochs=15, verbose=0)
_, accuracy = network.evaluate(test_x, test_y, verbose=0)
print(f"accuracy on {len(test_y)} unseen digits: {accuracy:.3f}")
assert accuracy >= 0.97

# %% [markdown]
# What does it get wrong? Look, always. Often the mistakes are ones that you would make.

# %%
answers = np.argmax(network.predict(test_x, verbose=0), axis=1)
wrong = np.flatnonzero(answers != test_y)[:8]

figure, axes = plt.subplots(1, 8, figsize=(9, 1.6))
for axis in axes:
    axis.axis("off")
for axis, index in zip(axes, wrong):
    axis.imshow(test_x[index], cmap="gray_r")
    axis.set_title(f"{test_y[index]} as {answers[index]}")
pairs = ", ".join(f"a {test_y[index]} read as {answers[index]}" for index in wrong)
show(figure, alt=f"Digits that the network reads wrongly: {pairs}. They are smeared or oddly written.")

# %% [markdown]
# ### Exercise 4.5: yours
#
# Build, compile and train a model of your own, in any of the three ways, that reads 97 % of the unseen digits. Its inputs are
# pictures of shape `(8, 8)`, its outputs ten numbers. The check evaluates it, and tells you how far it is.

# %%
mine = ...

check("04-5", mine, test_x, test_y)

# %% [markdown]
# ## Which way when?
#
# | | List | Graph of layers | Class |
# |---|---|---|---|
# | Branches, several inputs or outputs | no | yes | yes |
# | Python's `if` and `for` on values | no | no | yes |
# | Keras knows all shapes before data comes | yes | yes | no |
# | `summary`, plots, parts reused as models | yes | yes | hardly |
# | Saved and loaded without your source | yes | yes | no: register the class (lesson 10) |
#
# Begin with the list, go on to the graph when the shape of the network asks for it, and write classes for *layers* rather than for
# whole models: a class of your own inside a graph has the good of both.

# %%
quiz("04", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - The three ways: [Keras documentation, models](https://keras.io/api/models/).
# - Dropout: N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*, JMLR 15, 2014.
# - Convolution for digits: Y. LeCun et al., *Gradient-based learning applied to document recognition*, Proceedings of the IEEE 86, 1998.
# - The digits: scikit-learn's copy of the UCI *Optical Recognition of Handwritten Digits*.
