# %% [markdown]
# You have twenty labelled pictures. Somebody else had a thousand, trained a network on another question, and published it. In this lesson you
# answer your question with their network: first as a Keras model, then as a SavedModel of which nobody has the source any more.
#
# **After this lesson you can**
#
# - put a new last layer on a network that learnt something else
# - freeze and unfreeze layers, and say which weights a training will change
# - keep batch normalization from undoing what was learnt
# - use a SavedModel as a layer, and know what became of TensorFlow Hub

# %%
import tempfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

folder = Path(tempfile.mkdtemp())

# %% [markdown]
# ## Somebody's network: it reads digits
#
# The *body* makes 32 numbers of a picture, the *head* ten logits of these. Dropout between them makes the body
# say things more than once. (Where you can download, take a body that saw millions of photographs, such as `keras.applications.MobileNetV3Small(include_top=False)`. All that follows is the same.)

# %%
digits = load_digits()
pictures = (digits.images / 16).astype("float32")[..., None]
train_x, test_x, train_y, test_y = train_test_split(
    pictures, digits.target, test_size=0.25, stratify=digits.target, random_state=0
)


def make_body():
    return keras.Sequential(
        [
            keras.Input(shape=(8, 8, 1), name="picture"),
            keras.layers.Conv2D(16, 3, padding="same"),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            keras.layers.MaxPooling2D(),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
        ]
    )


# %%
body = make_body()
reader = keras.Sequential([body, keras.layers.Dropout(0.5), keras.layers.Dense(10)])
reader.compile(
    optimizer=keras.optimizers.Adam(0.003),
    loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
reader.fit(train_x, train_y, batch_size=64, epochs=12, verbose=0)
print(f"digits read right: {reader.evaluate(test_x, test_y, verbose=0)[1]:.3f}")

# %% [markdown]
# ## Your question, and twenty labels
#
# Does the digit have a closed loop, as 0, 6, 8 and 9 do? You have two labelled pictures of each digit, and no more.

# %%
chosen = np.concatenate([np.flatnonzero(train_y == digit)[:2] for digit in range(10)])
few_x, few_loop = train_x[chosen], np.isin(train_y[chosen], [0, 6, 8, 9]).astype("float32")
test_loop = np.isin(test_y, [0, 6, 8, 9])


def trained(model, rate, epochs=60):
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(rate), loss=loss)
    model.fit(few_x, few_loop[:, None], epochs=epochs, batch_size=20, verbose=0)
    return float(np.mean((model.predict(test_x, verbose=0)[:, 0] > 0) == test_loop))


# %% [markdown]
# **Predict.** A new network of much the same shape sees these twenty pictures, sixty times. What share of the unseen pictures does it get right?
# (Whoever always says "no loop" is right in about 60 %.)

# %%
my_guess = ...

plain = keras.Sequential(
    [
        keras.Input(shape=(8, 8, 1)),
        keras.layers.Conv2D(16, 3, padding="same", activation="relu"),
        keras.layers.MaxPooling2D(),
        keras.layers.Flatten(),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1),
    ]
)
from_scratch = trained(plain, 0.003)
reveal(my_guess, round(from_scratch, 3))

# %% [markdown]
# (We left batch normalization out of this one: its averages would need more than twenty pictures.)
#
# ## Keep the body, change the head
#
# The body has seen a thousand digits. Its 32 numbers tell digits apart, so a few labels suffice to say which of them have loops. The body is
# *frozen*: `trainable = False`. Only the new head learns.
#
# **Predict.** How many numbers will be trained, with a head of one output on 32 features?

# %%
my_guess = ...

body.trainable = False
frozen = keras.Sequential([body, keras.layers.Dense(1)])
frozen.build((None, 8, 8, 1))
reveal(my_guess, sum(int(np.prod(weight.shape)) for weight in frozen.trainable_weights))

# %%
before = body.get_weights()
with_body = trained(frozen, 0.03)
unchanged = all(np.array_equal(a, b) for a, b in zip(before, body.get_weights()))
print(f"from scratch {from_scratch:.3f}, with the frozen body {with_body:.3f}")
print("the body is as it was:", unchanged)
assert unchanged
assert with_body > from_scratch

# %%
figure, axis = plt.subplots(figsize=(5, 2))
axis.barh(["always no", "from scratch", "frozen body"], [np.mean(~test_loop), from_scratch, with_body], color="grey")
axis.set_xlim(0, 1)
axis.set_xlabel("share of unseen pictures that are right")
show(
    figure,
    alt=f"Three bars: always saying no is right in {np.mean(~test_loop):.2f}, a network from scratch in "
    f"{from_scratch:.2f}, a new head on the frozen body in {with_body:.2f}.",
)

# %% [markdown]
# ### Exercise 11.1: a new head
#
# Write `reuse(body, outputs)`: a model with the body, frozen, and a `Dense` layer with that many outputs behind it.


# %%
def reuse(body, outputs):
    return ...


check("11-1", reuse, make_body)

# %% [markdown]
# A frozen body gives the same features in every epoch. So compute them once, and train the head on 32 numbers in place of pictures. That is
# what one does when the body is large.
#
# ### Exercise 11.2: features, once
#
# Write `features(body, pictures)`: the features of all pictures as a NumPy array, computed as in use, not as in training.


# %%
def features(body, pictures):
    return ...


check("11-2", features, body, test_x[:50])

# %% [markdown]
# ## The layer that learns without gradients
#
# Batch normalization keeps a moving average of what flows through it. No gradient changes it; being called in training does.
#
# **Predict.** The body is frozen, and now it is called with `training=True`, as `fit` calls it. Do the averages move? `True` or `False`.

# %%
my_guess = ...

normalization = body.layers[1]
average = normalization.moving_mean.numpy()
body(few_x, training=True)
reveal(my_guess, not np.array_equal(average, normalization.moving_mean.numpy()))

# %% [markdown]
# In Keras 3 (and since TensorFlow 2.0) a *frozen* batch normalization works as in use, whatever `training` says. It is the one layer for which
# `trainable` means more than "no gradients". In TensorFlow 1 it did not, and bodies that were frozen drifted away.
#
# ## Fine-tuning: small steps, at the end
#
# When the head is good, the body may move a little. Two rules: a rate of a tenth or less, for large steps wipe out what was learnt; and batch
# normalization stays frozen, since twenty pictures make bad averages.
#
# ### Exercise 11.3: find the mistake
#
# The body is frozen. This should unfreeze all of it but batch normalization. Afterwards nothing can be trained:
#
# ```python
# def unfreeze(body):
#     for layer in body.layers:
#         if not isinstance(layer, keras.layers.BatchNormalization):
#             layer.trainable = True
# ```
#
# Write it so that it works. (`trainable` of a model is set for all that is in it; a frozen model has no trainable weights, whatever its layers say.)


# %%
def unfreeze(body):
    return ...


check("11-3", unfreeze, make_body)

# %% [markdown]
# Tell Keras again what is to be trained: `compile` after every change of `trainable`.
#
# ## A SavedModel is a layer, too
#
# Their Python class may be lost, or written for another Keras. A SavedModel holds the computation itself (lesson 10), with its weights.
# `keras.layers.TFSMLayer` calls one of its endpoints; `export` calls the default one `serve`.

# %%
body.export(folder / "body", verbose=False)
layer = keras.layers.TFSMLayer(str(folder / "body"), call_endpoint="serve", trainable=False)

# %% [markdown]
# **Predict.** What is the largest difference between the features of this layer and those of the body, which is still here?

# %%
my_guess = ...

difference = float(np.abs(np.asarray(layer(test_x)) - body.predict(test_x, verbose=0)).max())
assert difference < 1e-4
reveal(my_guess, difference)

# %% [markdown]
# Nothing to speak of. The layer has no `layers` inside that you could freeze one by one, and Keras cannot save a model with it in one `.keras`
# file that works without that folder: the SavedModel has to come along.
#
# ### Exercise 11.4: from a folder to a model
#
# Write `from_folder(path)`: a Keras model of pictures `(8, 8, 1)` with the published body from `path`, frozen, and `Dense(1)` behind it.


# %%
def from_folder(path):
    return ...


check("11-4", from_folder, str(folder / "body"), test_x[:20])

# %% [markdown]
# ## TensorFlow Hub's road
#
# TensorFlow Hub published such SavedModels at tfhub.dev; since November 2023 they live at Kaggle Models. `hub.load(address)` of the package
# `tensorflow_hub` downloads one and calls `tf.saved_model.load`. Its `hub.KerasLayer` is a layer of Keras 2 and does not go into a Keras 3
# model: download the folder once, and use `TFSMLayer`. Look first at what is inside:

# %%
published = tf.saved_model.load(str(folder / "body"))
for name, function in published.signatures.items():
    print(name, list(function.structured_input_signature[1].values()), function.structured_outputs)

# %% [markdown]
# > **Coming from TensorFlow 1.** `hub.Module("…")` was a graph with variables, called in a session after
# > `tf.global_variables_initializer()` and `tf.tables_initializer()`. The format is gone with it. SavedModels of TensorFlow 1 can still be read with
# > `tf.saved_model.load`: their signatures are functions now. `tf.contrib.slim`, with which many published
# > networks were written, is the package `tf_slim` today (`tf2kit explain CTB202`).

# %%
quiz("11", ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - Freezing, fine-tuning, batch normalization: [Transfer learning & fine-tuning](https://keras.io/guides/transfer_learning/), Keras guide.
# - Why features travel: J. Yosinski et al., *How transferable are features in deep neural networks?*, NIPS 2014.
# - `TFSMLayer`: [Keras documentation](https://keras.io/api/layers/backend_specific_layers/tfsm_layer/).
# - The digits: scikit-learn's copy of the UCI *Optical Recognition of Handwritten Digits*.
