"""Strategies for texts that look like TensorFlow 1 programs, laid out in every way that Python allows."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from hypothesis import strategies as st

from tests.laws.support import legacy_texts, rule_texts

# (import statement, expression that then stands for `tensorflow`; "" where names are imported one by one)
IMPORTS = [
    ("import tensorflow as tf", "tf"),
    ("import tensorflow", "tensorflow"),
    ("import tensorflow as t, os", "t"),
    ("import numpy as np, tensorflow as tf", "tf"),
    ("import tensorflow.compat.v1 as tf", "tf"),
    ("import tensorflow.compat.v1", "tensorflow.compat.v1"),
    ("from tensorflow.compat import v1 as tf", "tf"),
    ("from tensorflow.compat import v1", "v1"),
    ("import \\\n  tensorflow \\\n  as tf", "tf"),
    ("try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None", "tf"),
    ("try:\n    import tensorflow.compat.v1 as tf\nexcept ImportError:\n    import tensorflow as tf", "tf"),
    ("if True: import tensorflow as tf\nelse: import tensorflow.compat.v1 as tf", "tf"),
    ("import os; import tensorflow as tf; import sys", "tf"),
    ("import tensorflow as tf  # é comment", "tf"),
    ("import tensorflow as tf\nmine = tf", "mine"),
    ("from tensorflow import *", ""),
    ("from tensorflow import placeholder, layers, contrib, train, nn", ""),
    ("from tensorflow import (\n    placeholder,  # one\n    layers, contrib,\n    train as train, nn,\n)", ""),
    ("from tensorflow import placeholder, \\\n    layers, train", ""),
    ("from tensorflow import keras, placeholder as ph, Session", ""),
    ("def load():\n    import tensorflow as tf\n    return tf\ntf = load()", "tf"),
]
EXTRA = [
    "from tensorflow.contrib import rnn",
    "from tensorflow.contrib import layers as cl, rnn, slim",
    "from tensorflow.contrib.rnn import BasicLSTMCell, static_rnn, TimeFreqLSTMCell",
    "from tensorflow.contrib.rnn import (\n    BasicLSTMCell,\n    static_rnn as sr)",
    "import tensorflow.contrib.slim as slim",
    "import tensorflow.contrib.slim",
    "import tensorflow.contrib.rnn as rnn, os",
    "import tensorflow.contrib.layers as L; from tensorflow.contrib import rnn",
    "from tensorflow.contrib.layers.python.layers import utils",
    "from tensorflow.contrib.seq2seq import *",
    "from tensorflow.python.framework import ops",
    "from tensorflow.python.ops import rnn_cell, array_ops as ao",
    "import tensorflow.python.framework.ops",
    "from tensorflow.examples.tutorials.mnist import input_data",
    "import tensorflow.examples.tutorials.mnist.input_data as input_data",
    "import tensorflow.keras.layers as kl",
    "from tensorflow.keras import backend as K, layers",
    "from tensorflow.python import keras",
    "import keras",
    "from keras import layers, backend as K",
    "import keras.backend as K",
    "from . import helper",
    "from .helper import *",
    "from __future__ import print_function, division",
    "import numpy as np, scipy.misc, os",
    "from scipy.misc import imread, imsave",
    "import cPickle as pickle",
    "import tensorflow_probability as tfp",
]
NAMES = [
    "placeholder", "Session", "layers.dense", "layers", "train.AdamOptimizer", "nn.rnn_cell.BasicLSTMCell", "nn.dropout", "contrib",
    "contrib.layers.flatten", "contrib.layers.fully_connected", "contrib.layers.xavier_initializer", "contrib.rnn.BasicLSTMCell",
    "contrib.rnn", "contrib.slim.arg_scope", "contrib.framework.get_or_create_global_step", "contrib.learn.ModeKeys.INFER",
    "contrib.tensor_forest.x", "contrib.training.HParams", "mul", "pack", "sub", "train.SummaryWriter", "app.flags.FLAGS.x", "app.run",
    "flags.DEFINE_integer", "gfile.Open", "logging.info", "summary.scalar", "summary.merge_all", "keras.optimizers.Adam", "keras",
    "estimator.Estimator", "estimator", "python.ops.array_ops.identity", "python.framework.ops", "no_such_name", "float32", "compat.v1.mul",
    "compat.as_bytes", "global_variables_initializer", "enable_eager_execution", "disable_v2_behavior", "raw_ops.Add", "nn.seq2seq.x",
    "keras.utils.multi_gpu_model", "examples.tutorials.mnist.input_data.read_data_sets", "__version__", "data.Dataset.from_tensors",
]  # fmt: skip
BARE = [
    "placeholder", "layers.dense", "contrib.layers.flatten", "train.AdamOptimizer", "rnn.BasicLSTMCell", "slim.conv2d", "kl.Dense",
    "input_data.read_data_sets", "BasicLSTMCell", "static_rnn", "K.get_session", "keras.layers.Dense", "ops.get_default_graph",
    "np.float", "np.asscalar", "scipy.misc.imread", "cl.flatten", "tensorflow.contrib.slim.conv2d", "pickle.load",
]  # fmt: skip
SHAPES = [
    "x = {a}({b})",
    "{a}",
    "{a}(x, {b}, name='é 模型')  # {a}",
    "y = {a}; z = {b}",
    "if {a}: {b}({a})",
    "if x:\n    {a}({b})\nelse: {b}",
    "for i in {a}(3):\n    x = {b}(i)\n    continue",
    "while {a}: break",
    "with {a}() as s, {b}():\n    s.run({a})",
    "def f(x, y={a}):\n    '''doc'''\n    return {b}(x)",
    "def f(tf):\n    return {a}(tf)",
    "def f():\n    global tf\n    tf = {a}\n    return {b}",
    "@{a}\ndef f(): return {b}",
    "@{a}(1)\n@{b}\nclass A({a}):\n    x = {b}\n    def f(self): return {a}",
    "class A({a}): pass",
    "f = lambda x, y={a}: {b}(x)",
    "z = [{a}(i) for i in {b} if {a}]",
    "z = {{{a}: {b} for {name} in {a}}}",
    "try:\n    {a}()\nexcept {b} as e:\n    raise\nfinally: {a}",
    "x = {a}( \\\n  {b},\n    1)",
    "x = ({a}\n     .shape[0].value)",
    "x = {a}.\\\n  attr",
    "({a}\n  ) . attr ( )",
    "s = '''\n{a}   \n\t{b}\n'''",
    "print(f'{{{a}}} {{{b}(1)!r:>10}}')",
    "{name} = {a}",
    "{name} = {a}\n{name}.x({b})",
    "if x:\n    {name} = {a}\nelse:\n    {name} = None",
    "tf = {a}",
    "del {a}",
    "{a}.x = {b}",
    "assert {a}, {b}",
    "if __name__ == '__main__':\n    {a}()",
    "{a}(*{b}, **{a})",
    "({name} := {a})",
    "async def f():\n    await {a}\n    async for i in {b}: pass",
    "x: {a} = {b}",
    "x[({a}):({b}), :]",
    "# {a}",
    "def f(): import tensorflow as tf; return tf.placeholder",
    "print {a}",
    "print >>f, {a}, {b}",
    "import os\nos.environ['TF_USE_LEGACY_KERAS'] = '1'",
    "x = {a}  # tf2kit: ignore[SYM199]",
    "# tf2kit: ignore-file",
    "pass;",
    "\x0c",
    "return {a}",
]  # fmt: skip
ODD = [c.encode("latin-1") for c in "()'\"\\\t\r#:;,.{é\0"]
LOCALS = ["x", "layers", "tf_contrib", "tf", "rnn", "contrib", "os", "tf_v1", "np"]


@st.composite
def statements(draw: st.DrawFn, base: str) -> str:
    """One statement that uses two names."""
    prefix = base + "." if base else ""
    name = st.one_of(st.sampled_from(NAMES).map(lambda n: prefix + n if prefix else n), st.sampled_from(BARE))
    shape = draw(st.sampled_from(SHAPES))
    return shape.format(a=draw(name), b=draw(name), name=draw(st.sampled_from(LOCALS)))


def _indented(text: str, by: str) -> str:
    return "\n".join(by + line if line.strip() else line for line in text.split("\n"))


@st.composite
def programs(draw: st.DrawFn) -> bytes:
    """A whole text, with its layout."""
    lines: list[str] = draw(
        st.sampled_from([[], ["#!/usr/bin/env python"], ['"""doc"""'], ["# -*- coding: utf-8 -*-", "'doc'"]])
    )[:]
    lines += draw(st.lists(st.sampled_from(EXTRA), max_size=3))
    line, base = draw(st.sampled_from(IMPORTS))
    lines.insert(draw(st.integers(0, len(lines))), line)
    lines += draw(st.lists(st.sampled_from(EXTRA), max_size=2))
    for _ in range(draw(st.integers(0, 6))):
        text = draw(statements(base))
        nest = draw(st.sampled_from(["", "", "", "if x:", "def g():", "class B:", "try:", "with x:"]))
        if nest:
            text = f"{nest}\n{_indented(text, '    ')}" + ("\nfinally: pass" if nest == "try:" else "")
        lines.append(text)
    return layout(draw, "\n".join(lines))


def layout(draw: st.DrawFn, text: str) -> bytes:
    """Tabs, newlines, a mark, and what is at the end."""
    if draw(st.booleans()):
        text = text.replace("    ", "\t")
    text += draw(st.sampled_from(["\n", "", "\n\n", "  ", "\n# end", " # end", ";", "\\\n"]))
    raw = text.encode().replace(b"\n", draw(st.sampled_from([b"\n", b"\n", b"\r\n", b"\r"])))
    return draw(st.sampled_from([b"", b"", b"", b"\xef\xbb\xbf"])) + raw


def _installed(package: str, limit: int) -> list[bytes]:
    """Short sources of an installed package, found without importing it."""
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    files = sorted(p for f in folders for p in Path(f).rglob("*.py"))
    return [raw for p in files[:: max(1, len(files) // limit)] if 200 < len(raw := p.read_bytes()) < 12_000]


def real_sources() -> list[bytes]:
    """Texts that people wrote."""
    ours = [raw for path, raw in {**legacy_texts(), **rule_texts()}.items() if path.endswith(".py")]
    return ours + [raw for name in ("tf_slim", "absl", "fissix", "tensorflow") for raw in _installed(name, 40)]


@st.composite
def mutants(draw: st.DrawFn, sources: list[bytes]) -> bytes:
    """A real source with some of its lines or bytes deleted, doubled, moved or taken from another source."""
    lines = draw(st.sampled_from(sources)).splitlines(keepends=True)
    for _ in range(draw(st.integers(0, 4))):
        if not lines:
            break
        i, j = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        kind = draw(st.sampled_from(["delete", "double", "swap", "cut", "byte", "graft", "join"]))
        if kind == "delete":
            del lines[min(i, j) : min(i, j) + 3]
        elif kind == "double":
            lines.insert(j, lines[i])
        elif kind == "swap":
            lines[i], lines[j] = lines[j], lines[i]
        elif kind == "cut":
            lines[i] = lines[i][: draw(st.integers(0, len(lines[i])))]
        elif kind == "byte":
            at = draw(st.integers(0, len(lines[i])))
            lines[i] = lines[i][:at] + draw(st.sampled_from(ODD)) + lines[i][at:]
        elif kind == "join":
            lines[i] = lines[i].rstrip(b"\r\n") + b"; "
        else:
            donor = draw(st.sampled_from(sources)).splitlines(keepends=True)
            at = draw(st.integers(0, max(0, len(donor) - 1)))
            lines[i:i] = donor[at : at + 4]
    return b"".join(lines)
