"""What one module says about itself: is it TF 1 code, does it need Keras 2, which switches does it set."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .homes import core_name, home_of
from .module import Module
from .symbols import Name, name_of

_SWITCHES = {
    "tf.disable_v2_behavior": "graph",
    "tf.disable_eager_execution": "graph",
    "tf.enable_eager_execution": "eager",
    "tf.enable_v2_behavior": "v2",
    "tf.contrib.eager.enable_eager_execution": "eager",
    "tf2kit.compat.contrib.eager.enable_eager_execution": "eager",
}
# Keyword arguments that the TF 2 function of the same name no longer takes.
_OLD_KEYWORDS = {"keep_dims", "reduction_indices", "keep_prob", "squeeze_dims", "colocate_gradients_with_ops"}
# Parts of compat.v1 that make sense in a graph only; using them through ``tf.compat.v1`` marks a half-migrated TF 1 program.
_GRAPH_ONLY = re.compile(
    r"^tf\.(placeholder\w*|Session|InteractiveSession|get_variable|variable_scope|global_variables_initializer|layers\..*"
    r"|train\.\w+Optimizer|nn\.rnn_cell\..*|nn\.(static|dynamic)_\w+|estimator\..*|tables_initializer|initialize_all_variables)$"
)
# Parts of contrib whose names stand on tf.layers or on RNN cells, and so on Keras 2; and those below them that do not.
_KERAS_CONTRIB = re.compile(r"^tf\.contrib\.(layers|slim|rnn|seq2seq|legacy_seq2seq|crf|cudnn_rnn|keras|tpu)\b")
_NO_KERAS = re.compile(
    r"\.(\w+_initializer\w*|\w+_regularizer|apply_regularization|arg_scope|get_\w+|summarize_\w+|losses|get)$"
)
# The canned estimators that stand on Keras 2, and their private parts; one's own model_fn says itself what it needs.
_KERAS_ESTIMATORS = re.compile(
    r"^tf\.(estimator\.(experimental\.)?((DNN|Linear)\w+|\w+Head|(dnn|linear)_logit_fn_builder)\b"
    r"|(python\.estimator|estimator\.python)\.)"
)


@dataclass(slots=True)
class Facts:
    """What one module says about itself, and (filled in by `link`) what its programs decide for it.

    Attributes:
      path: display path. imports: dotted names that it imports (candidates for modules of the same tree).
      tf_names: TensorFlow names in use. switches: "graph", "eager" or "v2" calls that it makes itself.
      tf1: it shows TF 1 code. legacy_keras: it needs Keras 2. sets_legacy: it sets TF_USE_LEGACY_KERAS itself.
      main: it can be started as a script. exports: resolved top-level names, for star imports elsewhere.
      member: it belongs to a TF 1 program. mode: "graph", "eager" or "mixed" (both kinds of program use it).
      entry: it is an entry point. entry_legacy: as an entry point it must switch legacy Keras on.
      neutral: every name it uses is the same object in both name spaces. spelled: it writes ``tf.compat.v1.x`` already.
      program: display name of its program. links: path of the module of the tree behind each dotted import.
    """

    path: str
    imports: tuple[str, ...] = ()
    tf_names: frozenset[Name] = frozenset()
    switches: frozenset[str] = frozenset()
    tf1: bool = False
    legacy_keras: bool = False
    sets_legacy: bool = False
    main: bool = False
    stars: tuple[str, ...] = ()
    exports: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    member: bool = False
    mode: str = "graph"
    switched: bool = False
    entry: bool = False
    entry_legacy: bool = False
    program: str = ""
    neutral: bool = False
    spelled: bool = False
    tf_loaders: frozenset[str] = frozenset()

    @property
    def first_party(self) -> tuple[str, ...]:
        """Paths of the modules of the tree that it imports, in order."""
        return tuple(dict.fromkeys(self.links.values()))


def facts_of(module: Module, raw: bytes) -> Facts:
    """Collect the facts of one parsed module."""
    names = {n for n in (name_of(u.full) for u in module.uses) if n is not None}
    names |= {n for n in (name_of(i.target) for i in module.imports) if n is not None}
    names |= {n for n in (name_of(home) for home, _ in module.names.stars) if n is not None}
    tf2kit = [u.full for u in module.uses if u.full.startswith("tf2kit.compat.")]
    fulls = {n.name for n in names} | set(tf2kit)
    evidence = any(_is_tf1(n) for n in names) or _old_keyword(module) or _only_estimators(names)
    return Facts(
        path=module.path,
        imports=tuple(dict.fromkeys([*(i.target for i in module.imports), *(m for m, _ in module.names.stars)])),
        stars=tuple(m for m, _ in module.names.stars),
        tf_names=frozenset(names),
        switches=frozenset(_SWITCHES[f] for f in fulls if f in _SWITCHES),
        tf1=evidence or bool(tf2kit),
        legacy_keras=_wants_keras2(module, names, tf2kit),
        sets_legacy=b"TF_USE_LEGACY_KERAS" in raw,
        main=_has_main(module.tree),
        exports=module.names.exports(),
        spelled=_spelled_out(module),
        neutral=all(n.same_in_v2 or n.name in ("tf", "tf.compat", "tf.compat.v1") for n in names),
    )


def _old_name(full: str) -> Name | None:
    """The TF 1 name that tf2kit.compat offers under ``full``."""
    return name_of("tensorflow." + full.removeprefix("tf2kit.compat."))


def _spelled_out(module: Module) -> bool:
    """TF 2 style: ``tf.compat.v1.x`` for what is old, and every other name is one that ``tensorflow`` has today."""
    found = [(u, n) for u in module.uses if u.base_full == "tensorflow" and (n := name_of(u.full)) is not None]
    old_style = any(n.is_contrib or (n.in_tf1 and not n.alive_in_v2) for _, n in found if n.space == "tf")
    return not old_style and any(n.space == "v1" for _, n in found)


def _wants_keras2(module: Module, names: set[Name], tf2kit: list[str]) -> bool:
    default_mode = module.options.official == "default"
    if any(_needs_keras2(n, default_mode) for n in names):
        return True
    if any(i.target.split(".")[0] == "keras" for i in module.imports):  # stand-alone Keras of that time is Keras 2 too
        return True
    # names of this package are none of TensorFlow's own
    package = [i.target for i in module.imports if i.target.startswith("tensorflow_estimator.")]
    theirs = [home.target for name in package if (home := home_of(name, None))]
    return any(_needs_keras2(n) for n in map(_old_name, [*tf2kit, *theirs]) if n)


def _needs_keras2(name: Name, default_mode: bool = False) -> bool:
    """Whether the name, or what it is rewritten to, works with Keras 2 only.

    The official script's default mode rewrites initializers and regularizers of contrib.layers to those of Keras.
    """
    if default_mode and name.name.startswith("tf.contrib.layers."):
        return True
    if name.name.startswith(("tf.estimator", "tf.python.estimator")):
        return bool(_KERAS_ESTIMATORS.match(".".join([name.name, *name.attributes])))
    if not name.is_contrib:
        return name.needs_legacy_keras
    core = core_name(name.name, None)
    if core is not None:
        return (found := name_of("tensorflow" + core.removeprefix("tf"))) is not None and found.needs_legacy_keras
    return bool(_KERAS_CONTRIB.match(name.name)) and name.name.count(".") > 2 and not _NO_KERAS.search(name.name)


def _is_tf1(name: Name) -> bool:
    """Whether the name is proof of TF 1: TF 2 never had it.

    What even compat.v1 has lost was often there in early TF 2 as well (``tf.keras.mixed_precision.experimental``), and proves nothing.
    """
    if name.is_contrib:
        return True
    if name.space == "tf":
        return name.name.startswith("tf.examples.") or (name.in_tf1 and name.alive_in_v1 and not name.alive_in_v2)
    return name.space == "v1" and bool(_GRAPH_ONLY.match(name.name))


def _only_estimators(names: set[Name]) -> bool:
    """Estimators were in both versions, until 2.15: TF 1 unless the module also uses something that is new in TF 2."""
    new = any(n.alive_in_v2 and "1" not in n.flags for n in names)
    return not new and any(n.name.startswith("tf.estimator.") for n in names)


def _old_keyword(module: Module) -> bool:
    calls = (u.call for u in module.uses if u.call is not None and u.full.startswith("tensorflow."))
    return any(k.arg in _OLD_KEYWORDS for call in calls for k in call.keywords)


def _has_main(tree: ast.Module) -> bool:
    """Whether the module has ``if __name__ == "__main__"``."""
    return any(
        isinstance(s, ast.If)
        and isinstance(s.test, ast.Compare)
        and any(isinstance(n, ast.Name) and n.id == "__name__" for n in ast.walk(s.test))
        for s in tree.body
    )
