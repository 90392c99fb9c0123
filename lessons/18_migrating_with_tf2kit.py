# %% [markdown]
# A program from 2016 shall run today, and compute what it computed then. Not nearly: the same. In this lesson you take one there, in the
# three steps that `tf2kit` has, and each step can be proven: run it as it is, migrate it with the smallest change, lift it to
# TensorFlow 2.
#
# **After this lesson you can**
#
# - read a report of `tf2kit check`, and say what is left for you
# - run, migrate, undo and lift a TensorFlow 1 program
# - prove with `tf2kit verify` that the new program computes the old numbers, and read where it does not
# - keep TensorFlow 1 from coming back, in continuous integration

# %%
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import matplotlib.pyplot as plt
import tensorflow as tf

from tf2kit.lessons.files import room

work = Path(tempfile.mkdtemp())
old = work / "linear_regression.py"
shutil.copyfile(room() / "data" / "linear_regression.py.txt", old)
shutil.copyfile(room() / "data" / "linear_regression.json.gz", work / "recorded.json.gz")
source = old.read_text()

# %% [markdown]
# In a terminal you would type `tf2kit check linear_regression.py`. Here a function types it for you, and returns the exit code:


# %%
def tf2kit(*words, lines=None):
    print("$ tf2kit", *words)
    command = [sys.executable, "-m", "tf2kit", *words]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=300)
    said = (done.stdout or done.stderr).splitlines()
    print("\n".join(said[:lines]))
    return done.returncode


# %% [markdown]
# ## The program
#
# Prices of houses by their size: a straight line, one house at a time. The middle of it:

# %%
print("\n".join(source.splitlines()[24:48]))

# %% [markdown]
# **Predict.** We run it as it is, on today's TensorFlow. Which exception comes? Write the name of its class, in quotes.

# %%
my_guess = ...

try:
    exec(compile(source, str(old), "exec"), {"__name__": "__main__"})
except Exception as error:
    fact = type(error).__name__
    print(error)
reveal(my_guess, fact)

# %% [markdown]
# It is the first of many names that are gone from `tf`. They are not gone from TensorFlow:

# %%
for name in ("set_random_seed", "placeholder", "Session", "global_variables_initializer"):
    print(f"{name:30} tf: {hasattr(tf, name)}   tf.compat.v1: {hasattr(tf.compat.v1, name)}")

# %% [markdown]
# ## Step 0: look

# %%
exit_code = tf2kit("check", "linear_regression.py")
print("exit code:", exit_code)

# %% [markdown]
# Each finding has a *code*, and each code a page. `check` writes nothing; its exit code is 1 when something would change.

# %%
exit_code = tf2kit("explain", "RUN401", lines=12)

# %% [markdown]
# **Predict.** How many lines will the new program have that the old one has not?

# %%
my_guess = ...

command = [sys.executable, "-m", "tf2kit", "migrate", "linear_regression.py", "--diff"]
patch = subprocess.run(command, cwd=work, capture_output=True, text=True).stdout
print(patch)
reveal(my_guess, sum(line.startswith("+") and not line.startswith("+++") for line in patch.splitlines()))

# %% [markdown]
# Two. The old API lives on inside TensorFlow 2, as `tensorflow.compat.v1`, and `disable_v2_behavior()` brings graphs back. The smallest
# change that is right is the easiest to review.
#
# ## What is left for you
#
# Not every program is that kind. This one has habits:

# %%
(work / "habits.py").write_text(
    """import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
hidden = tf.contrib.layers.fully_connected(x, 8)
safe = tf.log(tf.maximum(hidden, 1e-6))
chain = tf.contrib.bayesflow.monte_carlo.expectation
for step in xrange(3):
    print step / 2
"""
)
exit_code = tf2kit("check", "habits.py")

# %% [markdown]
# Mended by the tool: Python 2, names, parts of `tf.contrib`. Left: a part of `contrib` that nothing replaces one to one, and a
# division. Reports are data, too (`--output-format json`):

# %%
command = [sys.executable, "-m", "tf2kit", "check", "habits.py", "--output-format", "json"]
report = json.loads(subprocess.run(command, cwd=work, capture_output=True, text=True).stdout)
for row in report["diagnostics"][:3]:
    print({key: row[key] for key in ("code", "line", "severity", "fixed")})

# %% [markdown]
# ### Exercise 18.1: what waits for a person
#
# Write `left(report)`: a list of pairs `(line, code)`, sorted by line, of all findings that are not mended, without the notes.


# %%
def left(report):
    return ...


check("18-1", left)

# %% [markdown]
# ### Exercise 18.2: two divisions
#
# In Python 2, `/` of whole numbers was rounded down, so old programs have both of these. Write them for Python 3: `halves(examples)`
# gives the sizes of two parts of so many examples, `halves(7)` was `[3, 4]`; `share(right, total)` is the part of right answers, 0.75 for
# 3 of 4.


# %%
def halves(examples):
    return ...


def share(right, total):
    return ...


check("18-2", halves, share)

# %% [markdown]
# ## Step 1: run it as it is
#
# `tf2kit run` migrates in memory. No file changes.
#
# A recording of this program comes with the lesson: all that it computed on TensorFlow 1.15.5 and Python 3.7.
#
# **Predict.** The last line of the recording says `final loss 0.112323`. What does the last line say now? Guess the number.

# %%
my_guess = ...

command = [sys.executable, "-m", "tf2kit", "run", "linear_regression.py"]
printed = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=300).stdout
print(printed)
final = float(printed.split()[-1])
assert abs(final - 0.112323) < 1e-5
reveal(my_guess, final)

# %% [markdown]
# The same to the last digit that it prints. For a program that only has to live on, you could stop here.
#
# ## Step 2: migrate, and take it back

# %%
exit_code = tf2kit("migrate", "linear_regression.py", "--write")
print("exit code of check now:", tf2kit("check", "linear_regression.py", lines=0))

# %% [markdown]
# A second run finds nothing to do; that is a law that `tf2kit` holds itself to.
#
# **Predict.** There is no git here. We undo. Is the file byte for byte the old one? `True` or `False`.

# %%
my_guess = ...

exit_code = tf2kit("undo")
reveal(my_guess, old.read_text() == source)

# %% [markdown]
# In a git repository `migrate --write` relies on git instead, and refuses to write over changes that are not committed.
#
# ## Step 3: lift it
#
# `--to native` makes of it what one would have written in TensorFlow 2 (lesson 17 says how to think there):

# %%
exit_code = tf2kit("migrate", "linear_regression.py", "--to", "native", "--output", "native.py", lines=1)
native = (work / "native.py").read_text()
begin = native.index("@tf.function")
print(native[begin : native.index("@tf.function", begin + 1)])

# %% [markdown]
# The placeholders became parameters, `minimize` a tape, the session calls. Is it right? Reading is not enough. `verify` runs the new
# program and compares every number with the recording: losses at each call, weights at the end, and what was printed.
#
# **Predict.** Its verdict: `"identical"` (to the last bit), `"equal"` (to a tolerance), or `"diverges"`?

# %%
my_guess = ...


def verify(new, *more):
    words = ["verify", "linear_regression.py", new, "--reference", "recorded.json.gz", "--json", *more]
    command = [sys.executable, "-m", "tf2kit", *words]
    done = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=600)
    return json.loads(done.stdout)["comparisons"][0]


proof = verify("native.py")
print(proof["why"], "-", proof["reference"])
assert proof["verdict"] in ("identical", "equal")
reveal(my_guess, proof["verdict"])

# %% [markdown]
# Two programs, a major version apart. (On other processors it may say *equal*: sums in another order differ in the last
# digit.) `tf2kit migrate --to native --write --verify` does both at once.
#
# > **Coming from TensorFlow 1.** Have you still a machine with TensorFlow 1.15? `--legacy-python PATH` runs the old side there, and
# > `tf2kit verify OLD --record FILE` keeps its numbers for the day when it is switched off. Without both, the old side is
# > `tf2kit run`.
#
# ## What a program keeps from being lifted

# %%
stays = """import tensorflow as tf

x = tf.placeholder(tf.float32, [None], name="x")
y = tf.multiply(x, 2.0, name="y")
with tf.Session() as sess:
    again = sess.graph.get_tensor_by_name("y:0")
    print(sess.run(again, {x: [1.0, 2.0]}))
"""
(work / "stays.py").write_text(stays)
exit_code = tf2kit("check", "stays.py", "--to", "native")

# %% [markdown]
# NAT501 names the line and the reason. The program still runs on `compat.v1`; nothing is lifted by halves.
#
# ### Exercise 18.3: make it liftable
#
# Write the program above so that it can be lifted, and prints the same. It remains a TensorFlow 1 program. The check lifts it and runs
# what comes out.

# %%
program = ...

check("18-3", program)

# %% [markdown]
# ## A wrong migration
#
# A colleague lifted the program by hand. Of the cost he thought: a mean of squares, so `reduce_mean`. His program runs, and its cost
# falls.
#
# **Predict.** Where does his cost end, beside the recorded 0.112: `"lower"`, `"higher"` or `"the same"`?

# %%
my_guess = ...

mean_of_squares = "tf.reduce_mean(tf.square(pred - Y))"
(work / "by_hand.py").write_text(native.replace("tf.reduce_sum(tf.pow(pred-Y, 2))/(2*n_samples)", mean_of_squares))
proof = verify("by_hand.py", "--neutralise", "never")
curve = proof["curves"][0]
assert proof["verdict"] == "diverges"
reveal(my_guess, "lower" if curve["new"][-1] < curve["old"][-1] else "higher")

# %% [markdown]
# Lower. It looks like an improvement, and is another program. `verify` is not impressed, and says where it begins:

# %%
print(proof["verdict"], "-", proof["why"])
for side in ("old_place", "new_place"):
    place = proof["divergence"][side]
    print(f"{place['path']}, line {place['line']}: {place['code']}")

# %%
figure, axes = plt.subplots(figsize=(6, 2.6))
epochs = [50, 100, 150, 200]
axes.plot(epochs, curve["old"], "o-", color="black", label="recorded on 1.15.5")
axes.plot(epochs, curve["new"], "s--", color="darkorange", label="by hand")
axes.set_xlabel("epoch")
axes.set_ylabel("cost")
axes.legend()
show(
    figure,
    alt=f"The recorded cost falls from {curve['old'][0]:.3f} to {curve['old'][-1]:.3f}; that of the migration by hand "
    f"from {curve['new'][0]:.3f} to {curve['new'][-1]:.3f}. Each curve alone looks like a program that learns.",
)

# %% [markdown]
# ### Exercise 18.4: find the mistake
#
# Write `cost(prediction, target)` as the old program has it, for all 17 houses and for one. `n_samples` is 17.


# %%
def cost(prediction, target):
    return ...


check("18-4", cost)

# %% [markdown]
# ## So that it does not come back
#
# ### Exercise 18.5: a guard
#
# Write the words behind `tf2kit` for continuous integration: look at the folder `src`, write nothing, fail when there is
# TensorFlow 1 in it, and print findings in the form that GitHub shows beside the code. (`tf2kit check --help` in a terminal.)

# %%
words = ...

check("18-5", words)

# %% [markdown]
# ## The whole road
#
# | | Command | What you have then |
# |---|---|---|
# | 0 | `tf2kit check src` | the list of what would change, and of what is yours to do |
# | 1 | `tf2kit run program.py` | it runs, no file changed |
# | 2 | `tf2kit verify program.py --record FILE --legacy-python …` | its old numbers, for ever |
# | 3 | `tf2kit migrate src --write` | the smallest change, on `compat.v1` |
# | 4 | `tf2kit migrate src --to native --write` | TensorFlow 2, where it can be proven |
# | 5 | `tf2kit verify OLD NEW --reference FILE` | the proof |
# | 6 | `tf2kit check src` in CI | it stays so |

# %%
quiz("18", ..., ..., ..., ..., ...)

# %% [markdown]
# ## Sources
#
# - The program: `examples/legacy/linear_regression.py` of tf2kit, after *TensorFlow-Examples* by Aymeric Damien (2015); recorded on
#   TensorFlow 1.15.5.
# - `compat.v1`: TensorFlow, [Migrate from TensorFlow 1.x to TensorFlow 2](https://www.tensorflow.org/guide/migrate).
# - Division: [PEP 238, *Changing the division operator*](https://peps.python.org/pep-0238/), 2001.
