# %% [markdown]
# `fit` trains most of the world's networks. But one day you need what it does not do: another rule for stopping, a loss of your own, two
# optimizers. Keras lets you go down one floor at a time: `fit`, callbacks, `train_step`, and a loop from scratch. Each floor down gives freedom,
# and takes away something that was done for you. In this lesson you visit all four, and prove that the lowest one computes what the
# highest one does.
#
# **After this lesson you can**
#
# - say what the numbers mean that `fit` prints, and why `evaluate` says something else
# - stop, watch and steer a training with callbacks
# - replace one step of training, and keep the rest of `fit`
# - write a loop from scratch, without the four things that people forget in it

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

digits = load_digits()
pictures = (digits.images / 16).astype("float32")
train_x, test_x, train_y, test_y = train_test_split(
    pictures, digits.target, test_size=0.25, stratify=digits.target, random_state=0
)
cross_entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def build():
    return keras.Sequential(
        [
            keras.Input(shape=(8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(64, activation="relu"),
            keras.layers.Dense(10),
        ]
    )


# %% [markdown]
# ## The top floor: what fit tells you
#
# **Predict.** There are 1,347 pictures to learn from, in batches of 64. How often are the weights changed in one epoch?

# %%
my_guess = ...

model = build()
adam = keras.optimizers.Adam(0.003)
model.compile(optimizer=adam, loss=cross_entropy, metrics=["accuracy"])
history = model.fit(train_x, train_y, batch_size=64, epochs=1, verbose=0).history
reveal(my_guess, int(model.optimizer.iterations))

# %% [markdown]
# Twenty-one full batches and a short one. The optimizer counts its steps, in `iterations`.
#
# **Predict.** `fit` says how many training pictures it read correctly in this epoch. We ask `evaluate` for the same pictures, now. Is the
# answer `"lower"`, `"equal"` or `"higher"`?

# %%
my_guess = ...

told = history["accuracy"][0]
_, measured = model.evaluate(train_x, train_y, verbose=0)
print(f"fit: {told:.3f}, evaluate: {measured:.3f}")
words = {-1: "lower", 0: "equal", 1: "higher"}
reveal(my_guess, words[int(np.sign(round(measured - told, 2)))])

# %% [markdown]
# `fit` counts while it goes: the first batch was judged by a network that knew nothing. `evaluate` judges all of them with the weights of the
# end, and without dropout. That is why a training loss may lie *above* the one of unseen data, with nothing wrong.
#
# ## One floor down: callbacks
#
# A callback is called at the beginning and the end of epochs and batches. The one that you need most stops a training when unseen data
# gets no better: `EarlyStopping(patience=3)` waits for three epochs without a new best loss.

# %%
model = build()
model.compile(optimizer=keras.optimizers.Adam(0.02), loss=cross_entropy)
patient = keras.callbacks.EarlyStopping(monitor="val_loss", patience=3)
history = model.fit(
    train_x,
    train_y,
    batch_size=64,
    epochs=60,
    validation_data=(test_x, test_y),
    callbacks=[patient],
    verbose=0,
).history
best = int(np.argmin(history["val_loss"]))
print("stopped after", len(history["val_loss"]), "epochs; the best one was number", best + 1)

# %%
figure, axis = plt.subplots(figsize=(5, 3))
axis.plot(history["loss"], "-", label="training")
axis.plot(history["val_loss"], "--", label="unseen")
axis.plot(best, history["val_loss"][best], "o", color="black", label="best")
axis.set_xlabel("epoch")
axis.set_ylabel("loss")
axis.legend()
show(
    figure,
    alt=f"The training loss falls to {history['loss'][-1]:.3f}. That of unseen digits is least, "
    f"{history['val_loss'][best]:.3f}, three epochs before the end, and then rises a little.",
)

# %% [markdown]
# **Predict.** Does the model now have the weights of the best epoch? `True` or `False`.

# %%
my_guess = ...

now = model.evaluate(test_x, test_y, verbose=0)
print(f"loss now: {now:.4f}, best: {patient.best:.4f}")
reveal(my_guess, bool(np.isclose(now, patient.best, rtol=1e-4)))

# %% [markdown]
# Whoever waits for three epochs ends up three epochs too late. `restore_best_weights=True` goes back; it is off unless you ask. (And one thing
# is not honest here: digits that decide when to stop are no longer unseen. A real project has a third part for the last word.)
#
# | Callback | What for |
# |---|---|
# | `EarlyStopping` | stop when nothing improves |
# | `ModelCheckpoint` | save the best model, or every one |
# | `BackupAndRestore` | go on after a crash (lesson 13) |
# | `ReduceLROnPlateau` | smaller steps when nothing improves |
# | `TerminateOnNaN` | stop when the loss is no number |
# | `TensorBoard` | curves, graphs, profiles (lesson 9) |
#
# Your own is a class with the methods that you want. `logs` has what `fit` would print, and `self.model` is the model.


# %%
class Largest(keras.callbacks.Callback):
    """Prints the largest weight of the first layer after each epoch."""

    def on_epoch_end(self, epoch, logs=None):
        kernel = self.model.trainable_variables[0]
        print(f"epoch {epoch}: loss {logs['loss']:.3f}, weight {np.max(np.abs(kernel)):.3f}")


model = build()
model.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy)
_ = model.fit(train_x, train_y, batch_size=64, epochs=3, callbacks=[Largest()], verbose=0)

# %% [markdown]
# ### Exercise 6.1: stop when it is good enough
#
# Write `StopAt(wanted)`: it ends the training as soon as `val_accuracy` in `logs` is `wanted` or better. `model.stop_training` is what `fit`
# looks at. When there is no `val_accuracy`, it does nothing.


# %%
class StopAt(keras.callbacks.Callback):
    def __init__(self, wanted):
        super().__init__()
        self.wanted = wanted

    def on_epoch_end(self, epoch, logs=None):
        return ...


check("06-1", StopAt)

# %% [markdown]
# > **Coming from TensorFlow 1.** Hooks of a `MonitoredTrainingSession` are callbacks, `global_step` is `optimizer.iterations`, and a
# > `tf.train.Saver` in the loop is `ModelCheckpoint`. What `Estimator.train` did is `fit`. `tf2kit migrate --to native` makes loops
# > with a tape of sessions that run a training operation (`tf2kit explain NAT500`).
#
# ## Two floors down: a step of your own
#
# Callbacks watch between steps. To change *what a step does*, write `train_step`; then epochs, batches, callbacks, history, validation
# and `tf.function` still come from `fit`. This one does the usual thing, and reports how long the gradient is:


# %%
class Watched(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(x=x, y=y, y_pred=self(x, training=True))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return {"loss": loss, "length": tf.linalg.global_norm(gradients)}


inner = build()
watched = Watched(inner.inputs, inner.outputs)
watched.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy)
history = watched.fit(train_x, train_y, batch_size=64, epochs=3, verbose=0).history
{name: [round(float(value), 3) for value in values] for name, values in history.items()}

# %% [markdown]
# `compute_loss` is the loss that `compile` was given, regularisation included. What `train_step` returns is what `fit` prints, and what callbacks
# find in `logs`.
#
# **Predict.** Here `train_step` notes in a Python list whenever it is entered. We train for 3 epochs of 22 batches. How long is the list?

# %%
my_guess = ...

entered = []


class Counted(Watched):
    def train_step(self, data):
        entered.append("step")
        return super().train_step(data)


counted = Counted(inner.inputs, inner.outputs)
counted.compile(optimizer="adam", loss=cross_entropy)
counted.fit(train_x, train_y, batch_size=64, epochs=3, verbose=0)
print("steps of the optimizer:", int(counted.optimizer.iterations))
reveal(my_guess, len(entered))

# %% [markdown]
# `fit` makes a graph of your step, and Python is there only while it is made (lesson 7 tells why it is made more than once, if it is). To look inside with
# a debugger, compile with `run_eagerly=True`: slow, but each step is Python.
#
# ### Exercise 6.2: learn from the hardest half
#
# Most digits are easy, and a network learns little from them. Write the model `Hardest`. Its `train_step` computes the loss of each
# example, takes the larger half of these numbers (`len // 2` of them), and goes down the gradient of their mean. It returns `{"loss": that mean}`.
# Labels are whole numbers, outputs are logits.


# %%
class Hardest(keras.Model):
    def train_step(self, data):
        return ...


check("06-2", Hardest)

# %% [markdown]
# ## The ground floor: a loop from scratch
#
# Two loops, one inside the other, and a step. That is all. It has the same data in the same order, and the same first weights, as a model that
# is trained by `fit`.

# %%
batches = tf.data.Dataset.from_tensor_slices((train_x, train_y)).batch(64)
by_fit, by_hand = build(), build()
by_hand.set_weights(by_fit.get_weights())

by_fit.compile(optimizer=keras.optimizers.Adam(0.003), loss=cross_entropy)
by_fit.fit(batches, epochs=3, shuffle=False, verbose=0)

optimizer = keras.optimizers.Adam(0.003)


@tf.function
def step(x, y):
    with tf.GradientTape() as tape:
        loss = cross_entropy(y, by_hand(x, training=True))
    gradients = tape.gradient(loss, by_hand.trainable_variables)
    optimizer.apply_gradients(zip(gradients, by_hand.trainable_variables))
    return loss


for _ in range(3):
    for x, y in batches:
        step(x, y)

# %% [markdown]
# **Predict.** 66 steps later: how large is the largest difference between a weight of the one and of the other? `0`, about `1e-7`, or about `0.01`?

# %%
my_guess = ...

pairs = zip(by_fit.get_weights(), by_hand.get_weights())
difference = max(float(np.max(np.abs(one - other))) for one, other in pairs)
assert difference < 1e-4
reveal(my_guess, difference)

# %% [markdown]
# There is no secret in `fit`. (At most the last digits differ, where operations are put together in another way.) What is it then that people
# forget when they write the loop themselves?
#
# 1. `training=True`: without it dropout and batch normalization do nothing in training. And no `training=True` when you evaluate.
# 2. `model.losses`: what `kernel_regularizer` asks for. `fit` adds it; your loop must.
# 3. `tf.function`: without it each operation goes through Python.
# 4. Averages: batches that are not equally large, and metrics that were not reset.
#
# The third one first.
#
# **Predict.** The same step with and without `tf.function`: how many times faster?

# %%
my_guess = ...

from tf2kit.lessons import microseconds

x, y = next(iter(batches))
graph = microseconds(lambda: step(x, y), windows=5)
eager = microseconds(lambda: step.python_function(x, y), windows=3)
print(f"eager: {eager:,.0f} µs, graph: {graph:,.0f} µs")
reveal(my_guess, round(eager / graph))

# %% [markdown]
# ### Exercise 6.3: a step that forgets nothing
#
# Write `make_step(model, optimizer, loss_of)`. It returns a function `step(x, y)`, decorated with `@tf.function`, that changes the weights once and
# returns the loss: `loss_of(y, outputs)` plus the sum of `model.losses`.


# %%
def make_step(model, optimizer, loss_of):
    return ...


check("06-3", make_step)

# %% [markdown]
# ## Averages, and how they go wrong
#
# **Predict.** A data set of 101 examples comes in two batches. In the first, of 100, half are right. In the second, of one, it is right. What does
# "the mean of the accuracies of the batches" say?

# %%
my_guess = ...

right = [np.repeat([1.0, 0.0], 50), np.array([1.0])]
print("true accuracy:", round(float(np.mean(np.concatenate(right))), 3))
reveal(my_guess, float(np.mean([np.mean(batch) for batch in right])))

# %% [markdown]
# A metric of Keras keeps a sum and a count, and weighs each example alike. `update_state` adds, `result` divides, `reset_state` begins anew. All
# three are yours to call in your own loop:

# %%
accuracy = keras.metrics.SparseCategoricalAccuracy()
for part_x, part_y in tf.data.Dataset.from_tensor_slices((test_x, test_y)).batch(64):
    accuracy.update_state(part_y, by_hand(part_x, training=False))
print(f"by hand: {float(accuracy.result()):.3f}")

by_fit.compile(loss=cross_entropy, metrics=["accuracy"])
print(f"evaluate: {by_fit.evaluate(test_x, test_y, verbose=0)[1]:.3f}")

# %% [markdown]
# ### Exercise 6.4: an honest mean
#
# Write `mean_loss(model, loss_of, dataset)`: the mean loss of an example over a dataset of batches `(x, y)`, as `evaluate` would measure it.
# `loss_of(y, outputs)` gives the mean over one batch.


# %%
def mean_loss(model, loss_of, dataset):
    return ...


check("06-4", mean_loss)

# %% [markdown]
# ### Exercise 6.5: find the mistakes
#
# This function should return the mean loss of each epoch. It runs, and its list of losses falls, only too slowly, and the model is worse
# than with `fit`. Two things are wrong. Write it so that it is right. All batches are equally large here.
#
# ```python
# def train(model, optimizer, loss_of, dataset, epochs):
#     losses, mean = [], keras.metrics.Mean()
#     for _ in range(epochs):
#         for x, y in dataset:
#             with tf.GradientTape() as tape:
#                 loss = loss_of(y, model(x))
#             gradients = tape.gradient(loss, model.trainable_variables)
#             optimizer.apply_gradients(zip(gradients, model.trainable_variables))
#             mean.update_state(loss)
#         losses.append(float(mean.result()))
#     return losses
# ```


# %%
def train(model, optimizer, loss_of, dataset, epochs):
    return ...


check("06-5", train)

# %% [markdown]
# ## Which floor when?
#
# | You want | Floor |
# |---|---|
# | a usual model, a usual loss | `fit` |
# | to stop, save, log, change the learning rate | a callback |
# | a loss of your own for outputs and labels | a function, given to `compile` |
# | to change what happens with a gradient; two networks that play against each other; a loss that needs the inputs | `train_step` |
# | to train with no batches, no epochs, or models that are changed on the way | a loop from scratch |
#
# Stay as high as you can: what `fit` does for you nobody has to test again.

# %%
quiz("06", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - `train_step`: [Customizing what happens in fit with TensorFlow](https://keras.io/guides/custom_train_step_in_tensorflow/), Keras guides.
# - The loop: [Writing a training loop from scratch in TensorFlow](https://keras.io/guides/writing_a_custom_training_loop_in_tensorflow/), Keras guides.
# - Learning from the hardest: A. Shrivastava, A. Gupta, R. Girshick, *Training region-based object detectors with online hard example mining*, CVPR 2016.
# - When to stop: L. Prechelt, *Early stopping, but when?*, in *Neural Networks: Tricks of the Trade*, 1998.
