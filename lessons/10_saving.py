# %% [markdown]
# Training is expensive, and a model that lives in one process is worth nothing. There are four ways to write it down, and each was
# made for another reader. Most trouble with saving is the right file for the wrong reader.
#
# **After this lesson you can**
#
# - choose between `.keras`, `.weights.h5`, a SavedModel and a checkpoint, by who reads it
# - save layers of your own so that another program can load them
# - export a computation with its preprocessing, and call it without your code
# - continue an interrupted training as if nothing had happened, and notice when a restore restored nothing

# %%
import tempfile
import zipfile
from pathlib import Path

import keras
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

folder = Path(tempfile.mkdtemp())

# %% [markdown]
# ## Something worth keeping

# %%
digits = load_digits()
pictures = (digits.images / 16).astype("float32")
labels = digits.target


def build():
    model = keras.Sequential(
        [
            keras.Input(shape=(8, 8)),
            keras.layers.Flatten(),
            keras.layers.Dense(256, activation="relu"),
            keras.layers.Dense(10),
        ]
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=keras.optimizers.Adam(0.003), loss=loss, metrics=["accuracy"])
    return model


model = build()
model.fit(pictures, labels, batch_size=128, epochs=4, verbose=0)
print("steps of the optimizer:", int(model.optimizer.iterations))

# %% [markdown]
# ## `.keras`: the whole model, for Keras

# %%
model.save(folder / "reader.keras")
loaded = keras.saving.load_model(folder / "reader.keras")

# %% [markdown]
# **Predict.** How far are the outputs of the loaded model from those of the first, at most? And its optimizer: at which step is it?
# Guess the step.

# %%
my_guess = ...

print("largest difference of outputs:", float(np.max(np.abs(loaded(pictures) - model(pictures)))))
reveal(my_guess, int(loaded.optimizer.iterations))

# %% [markdown]
# The optimizer came along, with its step and its averages. So training goes on as if nothing had happened. Both models get one
# more epoch of the same batches:

# %%
losses = [
    one.fit(pictures, labels, batch_size=128, shuffle=False, verbose=0).history["loss"][0] for one in (model, loaded)
]
print(losses)
assert abs(losses[0] - losses[1]) < 1e-5

# %% [markdown]
# What is in the file? It is a zip archive:

# %%
with zipfile.ZipFile(folder / "reader.keras") as archive:
    for entry in archive.infolist():
        print(f"{entry.file_size:8} bytes  {entry.filename}")

# %% [markdown]
# `config.json` says how to build it, the `.h5` file has the numbers. Older endings are refused by `save`, with good advice:

# %%
try:
    model.save(folder / "reader")
except ValueError as error:
    print(str(error).split(". ")[0])

# %% [markdown]
# ### Exercise 10.1: through a file
#
# Write `through_file(model, path)`: it saves a model and returns what it loads from there.


# %%
def through_file(model, path):
    return ...


check("10-1", through_file, model)

# %% [markdown]
# > **Coming from TensorFlow 1.** `tf.train.Saver` wrote the variables of a graph under their *names*, and no program.
# > `model.save('folder')` and `'model.h5'` of Keras 2 are `model.export('folder')` and `model.save('model.keras')` now. Old
# > checkpoints can still be read, with `tf.train.load_checkpoint`; `tf2kit convert-checkpoint` makes one for the program that was lifted.
#
# ## `.weights.h5`: only the numbers

# %%
model.save_weights(folder / "reader.weights.h5")
twin = keras.models.clone_model(model)  # the same architecture, new random weights, not compiled
twin.load_weights(folder / "reader.weights.h5")
np.array_equal(twin(pictures), model(pictures))

# %% [markdown]
# The reader must build the model itself. What if it builds another one?
#
# **Predict.** `other` has `tanh` where the saved model has `relu`. Does `load_weights` complain? Write `"error"` or `"silent"`.

# %%
my_guess = ...

other = keras.Sequential(
    [
        keras.Input(shape=(8, 8)),
        keras.layers.Flatten(),
        keras.layers.Dense(256, activation="tanh"),
        keras.layers.Dense(10),
    ]
)
try:
    other.load_weights(folder / "reader.weights.h5")
    fact = "silent"
except ValueError:
    fact = "error"
print(f"largest difference of outputs: {float(np.max(np.abs(other(pictures) - model(pictures)))):.1f}")
reveal(my_guess, fact)

# %% [markdown]
# Numbers do not know what is done with them. Shapes are compared, nothing else.
#
# **Predict.** A weight has 4 bytes. How many times as large as all weights of the model is the file? A whole number.

# %%
my_guess = ...

bytes_of_weights = 4 * model.count_params()
reveal(my_guess, round((folder / "reader.weights.h5").stat().st_size / bytes_of_weights))

# %% [markdown]
# A compiled model takes its optimizer along, and Adam keeps two averages for each weight. The twin was never compiled:

# %%
twin.save_weights(folder / "twin.weights.h5")
round((folder / "twin.weights.h5").stat().st_size / bytes_of_weights)

# %% [markdown]
# ## Layers of your own
#
# A `.keras` file holds names and arguments of classes, not their code. So Keras must be able to *find* the class, and the class must
# say its arguments. This one looks right:


# %%
@keras.saving.register_keras_serializable(package="lesson10")
class Scale(keras.layers.Layer):
    def __init__(self, factor=1.0, **others):
        super().__init__(**others)
        self.factor = factor

    def call(self, x):
        return self.factor * x

    def get_config(self):
        return super().get_config()


# %% [markdown]
# **Predict.** A model that multiplies by 3 is saved and loaded. What does the loaded one make of a 1? Write a number or `"error"`.

# %%
my_guess = ...

tripled = keras.Sequential([keras.Input(shape=(1,)), Scale(3.0)])
tripled.save(folder / "tripled.keras")
again = keras.saving.load_model(folder / "tripled.keras")
print("before:", float(tripled(np.ones((1, 1)))[0, 0]))
reveal(my_guess, float(again(np.ones((1, 1)))[0, 0]))

# %% [markdown]
# `get_config` forgot the factor, so the new layer got the default. Nothing complained. Compare outputs before and after,
# always; it is one line.
#
# And when the class is not there at all? Here a function of somebody else makes a model with a class that it does not share:


# %%
def from_a_colleague():
    class Secret(keras.layers.Layer):
        def call(self, x):
            return 2.0 * x

    return keras.Sequential([keras.Input(shape=(1,)), Secret()])


from_a_colleague().save(folder / "secret.keras")
try:
    keras.saving.load_model(folder / "secret.keras")
except TypeError as error:
    message = str(error)
    print("…", message[message.find("Could not locate") :][:130])

# %% [markdown]
# The way out: import the module with the class, and register it where it is defined.
#
# ### Exercise 10.2: a layer that can be loaded
#
# Write `Clip(low=0.0, high=1.0)`, which cuts its input to that range (`keras.ops.clip`), registered, with a complete `get_config`.


# %%
class Clip(keras.layers.Layer):
    def __init__(self, low=0.0, high=1.0, **others):
        super().__init__(**others)

    def call(self, x):
        return ...


check("10-2", Clip)

# %% [markdown]
# One kind of layer does hold code: a `Lambda` is stored as byte code. Loading it would run what somebody else wrote:

# %%
keras.Sequential([keras.Input(shape=(1,)), keras.layers.Lambda(lambda x: x + 1.0)]).save(folder / "lambda.keras")
try:
    keras.saving.load_model(folder / "lambda.keras")
except ValueError as error:
    print(str(error).split(". ")[0][:180])

# %% [markdown]
# ## SavedModel: the computation, for everybody
#
# A server, a phone or another language has no Keras. `export` writes the traced computation with its weights:

# %%
model.export(folder / "reader", verbose=False)
for file in sorted((folder / "reader").rglob("*")):
    if file.is_file():
        print(f"{file.stat().st_size:8} bytes  {file.relative_to(folder)}")

# %%
served = tf.saved_model.load(folder / "reader")
print("largest difference:", float(np.max(np.abs(served.serve(pictures) - model(pictures)))))

# %% [markdown]
# **Predict.** The same pictures, but a caller forgets to divide the pixels by 16. Does `serve` notice? And: has the loaded object
# a method `fit`? Guess the second, `True` or `False`.

# %%
my_guess = ...

for name, batch in (("divided", pictures), ("not divided", pictures * 16)):
    sure = np.max(tf.nn.softmax(served.serve(batch)), axis=1)
    print(f"{name}: more than 99 % sure of {np.mean(sure > 0.99):.0%} of the pictures")
reveal(my_guess, hasattr(served, "fit"))

# %% [markdown]
# It does not notice. The service answers, and is sure of nearly everything, its mistakes included. What every caller must do belongs
# into what is exported. For that write a `tf.Module`: its `tf.function`s are saved, each with its signature; plain methods are not.
#
# ### Exercise 10.3: a service
#
# Write `read`: it takes pictures as `uint8` of shape `(any, 8, 8)`, with pixels from 0 to 16, and returns a dictionary with `"digit"`, the
# answers, and `"sure"`, the probability of each. The check saves it, loads it, and calls what was loaded.


# %%
class Service(tf.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def read(self, pictures):
        return ...


check("10-3", Service, model)

# %% [markdown]
# ## Checkpoints: the state of a training
#
# A `tf.train.Checkpoint` holds any objects with variables, under the names that you give: a model, an optimizer, a counter, the position
# in a data set. A manager numbers the files and deletes the old ones.

# %%
counter = tf.Variable(0)
checkpoint = tf.train.Checkpoint(model=model, counter=counter)
manager = tf.train.CheckpointManager(checkpoint, folder / "training", max_to_keep=2)
for _ in range(5):
    counter.assign_add(1)
    manager.save()

# %% [markdown]
# **Predict.** Five were saved. How many are left?

# %%
my_guess = ...

print([Path(path).name for path in manager.checkpoints])
reveal(my_guess, len(manager.checkpoints))

# %% [markdown]
# Now the trap. A new program restores the checkpoint, but calls the model `net` instead of `model`.
#
# **Predict.** Does `restore` complain? `"error"` or `"silent"`.

# %%
my_guess = ...

fresh = build()
untouched = fresh.get_weights()[0].copy()
try:
    status = tf.train.Checkpoint(net=fresh).restore(manager.latest_checkpoint)
    fact = "silent"
except (AssertionError, ValueError):
    fact = "error"
print("the weights are still the random ones:", np.array_equal(fresh.get_weights()[0], untouched))
reveal(my_guess, fact)

# %% [markdown]
# A restore may be *deferred*: variables that do not exist yet get their values when they are made. So missing things are no
# error, until you ask:

# %%
try:
    status.assert_existing_objects_matched()
except AssertionError as error:
    print("AssertionError:", str(error).split("(")[0][:100])

right = tf.train.Checkpoint(model=fresh).restore(manager.latest_checkpoint)
right.assert_existing_objects_matched().expect_partial()
np.array_equal(fresh.get_weights()[0], model.get_weights()[0])

# %% [markdown]
# Make `assert_existing_objects_matched()` a habit. (`expect_partial` says that the rest of the file, here the counter, is left on purpose.)
#
# ### Exercise 10.4: a training that survives
#
# Write `resume(folder, until)`. It trains one weight, which starts at 0; a step is `weight.assign_add(0.1 * (1.0 - weight))`. It goes
# on from the latest checkpoint in `folder`, if there is one, stops when `until` steps were made in all, saves, and returns two numbers:
# the steps that this call made, and the weight. `resume(folder, 30)` and then `resume(folder, 50)` make 30 and 20.


# %%
def resume(folder, until):
    return ...


check("10-4", resume)

# %% [markdown]
# `fit` has this built in, as a callback. We let a training of six epochs crash at the start of the fourth:


# %%
class Crash(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 3:
            raise RuntimeError("the power failed")


def train_again(*more):
    backup = keras.callbacks.BackupAndRestore(folder / "backup")
    return build().fit(pictures, labels, batch_size=128, epochs=6, verbose=0, callbacks=[backup, *more])


try:
    train_again(Crash())
except RuntimeError as error:
    print(error)

# %% [markdown]
# **Predict.** The same call once more, without the crash, with a new model. How many epochs does it run?

# %%
my_guess = ...

history = train_again()
print("epochs, counted from 0:", history.epoch)
reveal(my_guess, len(history.epoch))

# %% [markdown]
# ## What each of them costs


# %%
def kilobytes(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1024


tf.train.Checkpoint(model=model).write(folder / "one" / "state")
kept = {
    ".weights.h5, not compiled": "twin.weights.h5",
    ".weights.h5": "reader.weights.h5",
    "SavedModel": "reader",
    "checkpoint": "one",
    ".keras": "reader.keras",
}
sizes = {name: kilobytes(folder / path) for name, path in kept.items()}
figure, axes = plt.subplots(figsize=(7, 2))
axes.barh(list(sizes), list(sizes.values()), color="steelblue")
axes.axvline(bytes_of_weights / 1024, color="black", linestyle="--")
axes.set_xlabel("kilobytes; the dashed line is 4 bytes for each weight")
show(
    figure,
    alt="Sizes of one model in each format, in kilobytes: "
    + ", ".join(f"{name} {value:.0f}" for name, value in sizes.items())
    + f". One copy of the weights takes {bytes_of_weights / 1024:.0f}.",
)

# %% [markdown]
# | | Reader | Architecture | Weights | Optimizer | Without your code |
# |---|---|---|---|---|---|
# | `.keras` | Keras | yes | yes | yes | if no class is your own |
# | `.weights.h5` | the same code | no | yes | of a compiled model | no |
# | SavedModel | TensorFlow, servers, converters | as a computation | yes | no | yes |
# | checkpoint | the same program, later | no | yes | of a compiled model, or if you put it in | no |
#
# ### Exercise 10.5: who reads it?
#
# Choose `".keras"`, `".weights.h5"`, `"SavedModel"` or `"checkpoint"` for each: a *colleague* who will train it further in Keras; a
# *server* written in C++; a *night* of training in your own loop that may be interrupted; a *twin* program that builds the same model
# itself and needs its numbers.

# %%
chosen = {"colleague": ..., "server": ..., "night": ..., "twin": ...}

check("10-5", chosen)

# %%
quiz("10", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - The formats: Keras, [Save, serialize, and export models](https://keras.io/guides/serialization_and_saving/).
# - Deferred restoration: TensorFlow, [Training checkpoints](https://www.tensorflow.org/guide/checkpoint).
# - Signatures: TensorFlow, [Using the SavedModel format](https://www.tensorflow.org/guide/saved_model).
# - Adam's two averages: D. Kingma and J. Ba, [*Adam: a method for stochastic optimization*](https://arxiv.org/abs/1412.6980), 2014.
