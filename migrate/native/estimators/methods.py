"""The loops of an estimator as methods: each runs the graph once a batch, and gives what the estimator's method gave."""

from __future__ import annotations

from dataclasses import dataclass, field

from .uses import Estimator


@dataclass(slots=True)
class Graph:
    """What the class of an estimator keeps in ``self``.

    Attributes:
      inputs: the expression of a feed within a loop ("features['x']"), by attribute.
      training: the attribute that tells whether it trains, or "".
      choices: attributes of numbers that are others in training than else, with both.
      loss, train_op, predictions: their attributes, or "". table: whether predictions are a dictionary.
      metrics: attribute of each pair, by its name in the results.
    """

    inputs: dict[str, str] = field(default_factory=dict)
    training: str = ""
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    loss: str = ""
    train_op: str = ""
    predictions: str = ""
    table: bool = False
    metrics: dict[str, str] = field(default_factory=dict)

    def feed(self, trains: bool) -> str:
        """The dictionary that is fed."""
        pairs = [f"self.{key}: {text}" for key, text in self.inputs.items()]
        pairs += [f"self.{key}: {numbers[0 if trains else 1]}" for key, numbers in self.choices.items()]
        pairs += [f"self.{self.training}: {trains}"] if self.training else []
        return f"{{{', '.join(pairs)}}}"


def written(estimator: Estimator, graph: Graph, quote: str) -> list[str]:
    """The lines of the methods that are called, with one tab a level."""
    made = {"train": _train, "evaluate": _evaluate, "predict": _predict}
    lines: list[str] = []
    for method, make in made.items():
        if estimator.calls(method):
            lines += ["", *make(estimator, graph)]
    return [line.replace("'", quote) for line in lines]


def _train(estimator: Estimator, graph: Graph) -> list[str]:
    given = {name for use in estimator.calls("train") for name in use.given}
    always = all("steps" in use.given for use in estimator.calls("train"))
    last = "max_steps" in given
    parameters = [*(["steps" if always else "steps=None"] if "steps" in given or last else [])]
    parameters += ["max_steps=None"] if last else []
    lines = [f"def train({', '.join(['self', 'dataset', *parameters])}):"]
    if last:
        lines += ["\tif max_steps is not None:"]
        lines += ["\t\tsteps = max(max_steps - self.sess.run(self.global_step), 0)"]
    taken = "dataset" if not parameters else "dataset.take(steps)" if always else ""
    taken = taken or "dataset.take(-1 if steps is None else steps)"
    return [
        *lines,
        f"\tfor features, labels in {taken}:",
        f"\t\tself.sess.run([self.{graph.train_op}, self.{graph.loss}], {graph.feed(True)})",
    ]


def _evaluate(estimator: Estimator, graph: Graph) -> list[str]:
    limited = [u for u in estimator.calls("evaluate") if "steps" in u.given]
    always = len(limited) == len(estimator.calls("evaluate"))
    parameters = ["steps" if always else "steps=None"] if limited else []
    taken = "dataset.take(-1 if steps is None else steps)" if parameters and not always else "dataset.take(steps)"
    pairs = [*graph.metrics.values(), "mean_loss"]
    results = [*(f"'{k}': self.sess.run(self.{v}[0])" for k, v in graph.metrics.items())]
    results += ["'loss': self.sess.run(self.mean_loss[0])", "'global_step': self.sess.run(self.global_step)"]
    return [
        f"def evaluate({', '.join(['self', 'dataset', *parameters])}):",
        "\tself.sess.run(tf.local_variables_initializer())",
        f"\tfor features, labels in {taken if parameters else 'dataset'}:",
        f"\t\tself.sess.run([{', '.join(f'self.{p}[1]' for p in pairs)}], {graph.feed(False)})",
        "\treturn {",
        *(f"\t\t{r}," for r in results),
        "\t}",
    ]


def _predict(_: Estimator, graph: Graph) -> list[str]:
    inputs = {k: v for k, v in graph.inputs.items() if v != "labels"}
    feed = Graph(inputs, graph.training, graph.choices).feed(False)
    run = f"self.sess.run(self.{graph.predictions}, {feed})"
    lines = ["def predict(self, dataset):", "\tfor features, _ in dataset:"]
    if not graph.table:
        return [*lines, f"\t\tyield from {run}"]
    return [
        *lines,
        f"\t\tpredictions = {run}",
        "\t\tfor values in zip(*predictions.values()):",
        "\t\t\tyield dict(zip(predictions, values))",
    ]


def arguments(given: dict[str, str]) -> str:
    """The arguments of a call of the new method, from the texts of the old one's."""
    limits = [f"{name}={given[name]}" for name in ("steps", "max_steps") if name in given]
    return ", ".join([given["input_fn"], *limits])
