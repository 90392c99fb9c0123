"""examples/legacy/README.md, the list of the programs and of what they show; made from their text: ``python -m examples.catalogue``.

A program's line is the first sentence of its docstring. The idioms are looked for in its files.
"""

from __future__ import annotations

import json
import re

from . import programs

PAGE = programs.LEGACY / "README.md"
# what the programs have to show together, and how it is recognised
IDIOMS = {
    "sessions and feeds": r"\.run\([^)]*\{|feed_dict|\.eval\(\{",
    "InteractiveSession": r"InteractiveSession\(",
    "partial_run, handles": r"partial_run\(|get_session_handle",
    "get_variable with reuse": r"reuse_variables\(\)|reuse=(True|reuse)",
    "name scopes": r"name_scope\(",
    "tf.layers": r"tf\.layers\.\w+",
    "tf.losses": r"tf\.losses\.\w+",
    "tf.contrib.layers": r"contrib\.layers|contrib import layers",
    "regularizers, get_total_loss": r"get_total_loss|get_regularization_loss|apply_regularization",
    "slim": r"\bslim\.",
    "arg_scope": r"arg_scope\(",
    "tf.keras": r"tensorflow\.keras",
    "eager execution": r"enable_eager_execution",
    "static RNN": r"static_rnn\(|self\.cell\(column",
    "dynamic RNN": r"\bdynamic_rnn\(",
    "bidirectional RNN": r"bidirectional_dynamic_rnn\(",
    "attention, seq2seq": r"AttentionWrapper\(",
    "beam search": r"BeamSearchDecoder\(|beam_search_decoder\(",
    "CRF": r"crf_log_likelihood\(",
    "CTC": r"ctc_loss\(",
    "convolutions": r"conv2d\(",
    "batch normalization": r"batch_norm(alization)?\(|batch_norm\b",
    "UPDATE_OPS": r"UPDATE_OPS",
    "dropout": r"dropout\(",
    "GAN": r"\bGAN\b",
    "VAE": r"\bVAE\b",
    "autoencoder": r"Auto Encoder",
    "sampled losses": r"nce_loss\(|sampled_softmax_loss\(",
    "embeddings": r"embedding_lookup\(",
    "matrix factorization": r"[Mm]atrix factorization",
    "DQN, target network": r"target_net",
    "policy gradient": r"REINFORCE",
    "k-means": r"k-means|KMeansClustering",
    "distributions": r"tf\.distributions",
    "Saver": r"train\.Saver\(",
    "meta graph": r"import_meta_graph\(",
    "frozen graph": r"convert_variables_to_constants\(",
    "import_graph_def": r"import_graph_def\(",
    "SavedModel": r"saved_model\.\w+|export_savedmodel",
    "summaries": r"tf\.summary\.(scalar|histogram)",
    "event files read": r"summary_iterator\(",
    "tf.data": r"tf\.data\.Dataset|TFRecordDataset",
    "one-shot iterator": r"make_one_shot_iterator\(",
    "initializable iterator": r"make_initializable_iterator\(",
    "feedable iterator": r"from_string_handle\(",
    "TFRecord": r"TFRecordWriter\(",
    "queue runners": r"start_queue_runners\(|range_input_producer\(",
    "Coordinator": r"Coordinator\(",
    "Supervisor": r"Supervisor\(",
    "Estimator": r"estimator\.Estimator\(",
    "canned Estimator": r"LinearClassifier\(|KMeansClustering\(",
    "feature columns": r"feature_column\.\w+",
    "MonitoredTrainingSession": r"MonitoredTrainingSession\(",
    "hooks": r"SessionRunHook\)|StopAtStepHook\(",
    "cond": r"tf\.(cond|case)\(",
    "while_loop": r"while_loop\(",
    "TensorArray": r"TensorArray\(",
    "scan, map_fn": r"tf\.(scan|map_fn)\(",
    "py_func": r"tf\.py_func\(",
    "tf.Print, tf.Assert": r"tf\.(Print|Assert)\(",
    "control dependencies": r"control_dependencies\(",
    "assign": r"\.assign(_add)?\(",
    "gradient clipping": r"clip_by_(global_)?(norm|value)\(|clip_gradient",
    "RegisterGradient": r"RegisterGradient\(",
    "custom_gradient": r"tf\.custom_gradient",
    "tf.gradients": r"tf\.gradients\(",
    "learning-rate schedule": r"exponential_decay\(|piecewise_constant\(|polynomial_decay\(",
    "global step": r"global_step",
    "moving averages": r"ExponentialMovingAverage\(",
    "two optimizers": r"opt_d\b|name='Fast'",
    "several losses": r"add_loss\(|value_loss",
    "towers on devices": r"average_gradients\(",
    "sparse features": r"sparse_placeholder\(|embedding_lookup_sparse\(",
    "tables": r"tables_initializer\(",
    "tf.metrics": r"tf\.metrics\.\w+",
    "flags": r"flags\.DEFINE_",
    "argparse": r"ArgumentParser\(",
    "several files": r"^import (model|network|reader)$",
    "Python 2": r"xrange\(params",
    "notebook": r"%tensorflow_version",
}
_HEAD = """# TensorFlow 1 programs

{count} programs as people wrote them between 2016 and 2019, with what they printed (recorded.json) and computed (recorded/) on TensorFlow
1.15. They run there as they are, and on today's TensorFlow under `tf2kit run` or after `tf2kit migrate`; the tests compare the numbers.

This page is made by `python -m examples.catalogue`.

| program | what it is | what it shows |
|---|---|---|
"""


def text_of(name: str) -> str:
    """All code of a program."""
    return "\n".join(path.read_text(encoding="utf-8") for path in programs.sources(name))


def summary(name: str) -> str:
    """The first sentence about a program: of its docstring, its first comment, or its notebook's title."""
    path = programs.LEGACY / name
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        title: str = json.loads(text)["cells"][0]["source"][0]
        return title.strip("# \n") + "."
    comments = re.findall(r"(?m)^# (?!-\*-)(.+)", text)
    docstring = re.match(r"(?:#.*\n)*('''|\"\"\")\s*(.+?)\s*(?:\n|\1)", text)
    first = docstring.group(2) if docstring else comments[0]
    return first.rstrip(".") + "."


def idioms(name: str) -> list[str]:
    """What a program shows."""
    text = text_of(name)
    return [idiom for idiom, pattern in IDIOMS.items() if re.search(pattern, text, re.MULTILINE)]


def page() -> str:
    """The text of README.md."""
    rows = [f"| [{name}]({name}) | {summary(name)} | {', '.join(idioms(name))} |\n" for name in programs.PROGRAMS]
    return _HEAD.format(count=len(rows)) + "".join(rows)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    programs.show(f"README.md: {len(programs.PROGRAMS)} programs")
