"""Networks, metrics, checkpoints and callbacks of tf.contrib.eager, in graphs and in eager code. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.cases_training import attempt
from tests.compat.harness import Run, numbers, output_and_gradients, plain

X = numbers((2, 3), "network input")


def eagerly(tf, function):
    """A case that runs eagerly, inside of the graph of its own that each case has."""
    from tensorflow.python.eager import context

    def also(_):
        with context.eager_mode():
            return plain(values(tf, function()))

    return Run(also=also)


def values(tf, found):
    """Tensors and variables as arrays."""
    return tf.nest.map_structure(lambda t: t.numpy() if hasattr(t, "numpy") else t, found)


def fill(variables):
    """Values that depend on the names only."""
    for v in variables:
        v.assign(numbers(v.shape.as_list(), v.name.split(":")[0]))


def two_layers(tf, eager):
    class TwoLayers(eager.Network):
        def __init__(self, name=None):
            super(TwoLayers, self).__init__(name=name)
            self.first = self.track_layer(tf.layers.Dense(4, activation=tf.nn.tanh))
            self.second = self.track_layer(tf.layers.Dense(2, kernel_regularizer=lambda w: tf.reduce_sum(w * w)))

        def call(self, x):
            return self.second(self.first(x))

    return TwoLayers


def nested(tf, eager):
    inner_class = two_layers(tf, eager)

    class Nested(eager.Network):
        def __init__(self):
            super(Nested, self).__init__()
            self.inner = [self.track_layer(inner_class()), self.track_layer(inner_class(name="chosen"))]
            self.norm = self.track_layer(tf.layers.BatchNormalization(name="norm"))
            self.last = self.track_layer(tf.layers.Dense(1))

        def call(self, x):
            return self.last(self.norm(self.inner[0](x)) + self.inner[1](x))

    return Nested


def case_network(tf, contrib):
    make = two_layers(tf, contrib.eager)

    def run():
        nets = [make(), make(), make(name="third")]
        outputs = [net(tf.constant(X)) for net in nets]
        for net in nets:
            fill(net.variables)
        loss = contrib.eager.implicit_gradients(lambda: tf.reduce_sum(nets[0](tf.constant(X)) ** 2))
        return {
            "shapes": [o.shape.as_list() for o in outputs],
            "names": [[v.name for v in net.variables] for net in nets],
            "net": [net.name for net in nets] + [layer.name for layer in nets[0].layers],
            "outputs": [net(tf.constant(X)) for net in nets],
            "gradients": [g for g, _ in loss()],
            "losses": nets[0].losses,
            "counts": [len(nets[0].trainable_weights), len(nets[0].non_trainable_weights), nets[0].trainable],
            "layer": [nets[0].get_layer(index=1).name, nets[0].get_layer(name="dense").name],
        }

    return eagerly(tf, run)


def case_network_in_a_graph(tf, contrib):
    with tf.variable_scope("outside"):
        net = nested(tf, contrib.eager)()
    output = net(tf.constant(X))
    again = net(tf.constant(X * 2))
    run = output_and_gradients(tf, output, fetches={"again": again})
    run.also = lambda _: [net.name, net.scope_name, [v.op.name for v in net.variables], output.op.name.split("/")[:2]]
    return run


def case_nested_networks(tf, contrib):
    def run():
        net = nested(tf, contrib.eager)()
        net(tf.constant(X))
        fill(net.trainable_variables)
        return [[v.name for v in net.variables], net(tf.constant(X)), [layer.name for layer in net.layers]]

    return eagerly(tf, run)


def case_shared_layers(tf, contrib):
    def run():
        make = two_layers(tf, contrib.eager)
        first = make()
        first(tf.constant(X))

        def scaled(x, training=False):
            return x * 3 if training else x

        sharing = contrib.eager.Sequential([first.first, tf.nn.relu, scaled, tf.layers.Dense(2)])
        sharing(tf.constant(X))
        sharing.add(tf.layers.Dense(1, name="late"))
        late = sharing(tf.constant(X)).shape.as_list()
        fill(sharing.variables)
        outputs = [sharing(tf.constant(X)), sharing(tf.constant(X), training=True)]
        return [[v.name for v in sharing.variables], outputs, late]

    return eagerly(tf, run)


def case_networks_that_are_refused(tf, contrib):
    eager = contrib.eager

    def run():
        make = two_layers(tf, eager)
        net, other = make(name="one"), make(name="two")
        same = tf.layers.Dense(1, name="dense")

        class Forgetful(eager.Network):
            def __init__(self):
                self.track_layer(tf.layers.Dense(1))

        outcomes = [
            attempt(lambda: make(name="a/b")),
            attempt(lambda: make().name),
            attempt(lambda: net.track_layer("layer")),
            attempt(lambda: net.track_layer(same)),
            attempt(lambda: net.track_layer(tf.layers.Dense(1, name="other"))),
            attempt(net.get_layer),
            attempt(lambda: net.get_layer("nothing")),
            attempt(lambda: net.get_layer(index=7)),
            attempt(lambda: net.get_layer("one", 1)),
            attempt(lambda: setattr(net, "trainable", False)),
            attempt(lambda: net.add_variable("v", [1])),
            attempt(lambda: net.add_loss(1.0)),
            attempt(lambda: eager.save_network_checkpoint(other, "nowhere", global_step=0)),
            attempt(lambda: eager.Sequential([3])),
        ]
        make(name="twice")(tf.constant(X))
        return [*outcomes, attempt(lambda: make(name="twice")(tf.constant(X)))]

    return eagerly(tf, run)


def case_network_checkpoints(tf, contrib):
    eager = contrib.eager

    def run():
        make = nested(tf, eager)
        net = make()
        net(tf.constant(X))
        fill(net.trainable_variables)
        found = [net(tf.constant(X))]
        with tempfile.TemporaryDirectory() as folder:
            path = eager.save_network_checkpoint(net, folder, global_step=3)
            names = [n for n, _ in tf.train.list_variables(path)]
            built, fresh = make(), make()
            built(tf.constant(X))
            for other in (built, fresh):
                eager.restore_network_checkpoint(other, path)
                found.append(other(tf.constant(X)))
            mapped = eager.save_network_checkpoint(
                net, os.path.join(folder, "mapped"), global_step=4, map_func=lambda n: n.replace("/", "_")
            )
            names += [n for n, _ in tf.train.list_variables(mapped)]
            clash = attempt(lambda: eager.save_network_checkpoint(net, path, 5, map_func=lambda n: "same"))
        return [os.path.basename(path), os.path.basename(mapped), names, found, clash]

    return eagerly(tf, run)


def case_network_checkpoints_in_a_graph(tf, contrib):
    make = two_layers(tf, contrib.eager)
    net, fresh = make(), make()
    output = net(tf.constant(X))

    def also(session):
        with session.as_default(), tempfile.TemporaryDirectory() as folder:
            path = contrib.eager.save_network_checkpoint(net, folder, global_step=1)
            contrib.eager.restore_network_checkpoint(fresh, path)
            restored = fresh(tf.constant(X))
            return [session.run(restored), [v.op.name for v in fresh.variables]]

    return Run({"output": output}, also=also)


def case_saver(tf, contrib):
    eager = contrib.eager

    def run():
        v, w = eager.Variable([1.0, 2.0], name="v"), eager.Variable(3.0, name="w")
        optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        optimizer.apply_gradients([(tf.ones([2]), v)])
        slots = eager.get_optimizer_variables(optimizer)
        with tempfile.TemporaryDirectory() as folder:
            saver = eager.Saver([v, w])
            path = saver.save(os.path.join(folder, "model"), global_step=7)
            kept = v.numpy()
            v.assign([0.0, 0.0])
            saver.restore(path)
            with eager.restore_variables_on_create(path):
                x = eager.Variable([0.0, 0.0], name="v")
                missing = attempt(lambda: eager.Variable(0.0, name="missing"))
            with eager.restore_variables_on_create(path, map_func=lambda name: "w"):
                y = eager.Variable(0.0, name="other")
            with eager.restore_variables_on_create(None):
                z = eager.Variable(0.0, name="w")
            bad = attempt(lambda: eager.restore_variables_on_create(path, map_func=3).__enter__())
        return [os.path.basename(path), kept, v, x, y, z, missing, bad, [s.name for s in slots]]

    in_graph = [
        attempt(lambda: contrib.eager.Saver([])),
        attempt(lambda: contrib.eager.restore_variables_on_create("p").__enter__()),
    ]
    case = eagerly(tf, run)
    inner = case.also
    case.also = lambda session: [in_graph, inner(session)]
    return case


LABELS = np.array([0, 2, 1, 1])
SCORES = numbers((4, 3), "scores")


def updated(tf, metrics):
    """All metrics, each updated twice."""
    mean, weighted = metrics.Mean(), metrics.Mean("a mean", dtype=tf.float32)
    accuracy, sparse = metrics.Accuracy(), metrics.SparseAccuracy()
    binary, categorical = metrics.BinaryAccuracy(0.4, name="binary"), metrics.CategoricalAccuracy()
    weights = tf.constant([1.0, 0.0, 2.0, 1.0])
    results = []
    for _ in range(2):
        results += [
            mean(tf.constant([1.0, 2.0, 6.0])),
            weighted(tf.constant(SCORES[:, 0]), weights),
            accuracy(tf.constant(LABELS), tf.constant([0, 1, 1, 1], tf.int64)),
            sparse(tf.constant(LABELS), tf.constant(SCORES)),
            binary(tf.constant(LABELS > 0), tf.constant(SCORES[:, 1]), weights),
            categorical(tf.one_hot(LABELS, 3), tf.constant(SCORES)),
        ]
    return [mean, weighted, accuracy, sparse, binary, categorical], results


def case_metrics(tf, contrib):
    def run():
        metrics = contrib.eager.metrics
        made, results = updated(tf, metrics)
        found = {m.name: m.result() for m in made}
        other = metrics.Mean()
        other(tf.constant([9.0]))
        names = [v.name for m in made for v in m.variables]
        refused = [attempt(lambda: other.aggregate([made[2]])), attempt(lambda: made[0].add_variable("late"))]
        refused.append(attempt(lambda: made[2](tf.constant([1]), tf.constant([1, 2]))))
        same = metrics.Mean("Mean")
        same(tf.constant([2.0, 4.0]))
        copies = [metrics.Mean("part") for _ in range(2)]
        return [
            found,
            [list(r) if isinstance(r, tuple) else r for r in results],
            names,
            refused,
            other.name,
            len(copies),
        ]

    return eagerly(tf, run)


def case_metrics_that_start_anew(tf, contrib):
    def run():
        mean = contrib.eager.metrics.Mean()
        mean(tf.constant([1.0, 2.0]))
        before = mean.result()
        mean.init_variables()
        mean(tf.constant([5.0]))
        return [before, mean.result(), mean.value()()]

    return eagerly(tf, run)


def case_metrics_in_a_graph(tf, contrib):
    mean = contrib.eager.metrics.Mean()
    everywhere = contrib.eager.metrics.Mean("everywhere", use_global_variables=True)
    accuracy = contrib.eager.metrics.Accuracy("accuracy")
    updates = [
        mean(tf.constant([1.0, 5.0])),
        everywhere(tf.constant([2.0]), tf.constant([3.0])),
        accuracy(tf.constant([1, 2]), tf.constant([1, 3])),
    ]
    results = [mean.result(), everywhere.value(), accuracy.result()]
    start = mean.init_variables()

    def also(session):
        found = [session.run(results)]
        session.run(start)
        session.run(updates)
        kept = [v.op.name for v in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)]
        return [plain(found), plain(session.run(results)), kept]

    return Run({"updates": [list(u) if isinstance(u, tuple) else u for u in updates]}, steps=2, also=also)


def case_callbacks(tf, contrib):
    eager = contrib.eager

    def run():
        seen = []
        eager.add_execution_callback(lambda op_type, inputs, attrs, outputs, op_name: seen.append(op_type))
        x = tf.constant([0.0, 1.0]) * 2.0
        eager.clear_execution_callbacks()
        states = [eager.seterr(inf_or_nan=eager.ExecutionCallback.RAISE)["inf_or_nan"].value]
        outcomes = [attempt(lambda: x / 0.0), attempt(lambda: x + 1.0)]
        with eager.errstate(inf_or_nan="ignore"):
            outcomes.append(attempt(lambda: x / 0.0))
        states.append(eager.seterr()["inf_or_nan"].value)
        try:
            tf.log(x - 1.0)
        except Exception as error:
            outcomes.append(str(error))
        states.append(eager.seterr(inf_or_nan="warn")["inf_or_nan"].value)
        eager.clear_execution_callbacks()
        eager.add_execution_callback(eager.nan_callback)
        outcomes += [attempt(lambda: tf.log(x * 0.0)), attempt(lambda: tf.log(x - 3.0))]
        eager.clear_execution_callbacks()
        eager.add_execution_callback(eager.inf_callback)
        outcomes += [attempt(lambda: tf.log(x * 0.0)), attempt(lambda: tf.log(x - 3.0))]
        eager.clear_execution_callbacks()
        return ["Mul" in seen, states, outcomes, attempt(lambda: eager.seterr(inf_or_nan="shout"))]

    return eagerly(tf, run)


def case_other_names(tf, contrib):
    eager = contrib.eager

    class Pair(eager.Checkpointable):
        pass

    def run():
        pair = Pair()
        pair.v = eager.Variable(2.0)
        with tempfile.TemporaryDirectory() as folder:
            path = eager.Checkpoint(pair=pair).save(os.path.join(folder, "c"))
            pair.v.assign(5.0)
            eager.Checkpoint(pair=pair).restore(path)
        return [pair.v, eager.SYNC, eager.ASYNC]

    return eagerly(tf, run)
