"""tf.contrib.checkpoint, autograph and distribute. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.cases_networks import eagerly
from tests.compat.cases_training import attempt
from tests.compat.harness import Run


def case_tracked_names(tf, contrib):
    checkpoint = contrib.checkpoint

    def run():
        tracker = checkpoint.UniqueNameTracker()
        for name in ("x", "x", "y", "x_1", "x"):
            tracker.track(tf.Variable(1.0), name)
        refused = attempt(lambda: tracker.track(3, "z"))
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Checkpoint(tracker=tracker).save(os.path.join(folder, "c"))
            names = sorted(n for n, _ in tf.train.list_variables(path) if n.startswith("tracker"))
        objects = len([o for o in checkpoint.list_objects(tracker) if hasattr(o, "assign")])
        return [names, refused, objects]

    return eagerly(tf, run)


def case_numpy_state(tf, contrib):
    def run():
        state = contrib.checkpoint.NumpyState()
        state.a = np.array([1.0, 2.0])
        state.b = np.float64(3.0)
        refused = attempt(lambda: setattr(state, "c", "text"))
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Checkpoint(numpy=state).save(os.path.join(folder, "c"))
            state.a = state.a * 10
            tf.train.Checkpoint(numpy=state).restore(path)
            fresh = contrib.checkpoint.NumpyState()
            tf.train.Checkpoint(numpy=fresh).restore(path)
        return [state.a, float(state.b), fresh.a, refused]

    return eagerly(tf, run)


def case_checkpoint_as_a_graph(tf, contrib):
    checkpoint = contrib.checkpoint

    def run():
        class Model(checkpoint.Checkpointable):
            pass

        model = Model()
        model.w = tf.Variable([1.0, 2.0], name="w")
        model.parts = checkpoint.List([tf.Variable(3.0, name="part")])
        model.untracked = checkpoint.NoDependency(tf.Variable(5.0, name="free"))
        optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
        optimizer.apply_gradients([(tf.ones([2]), model.w)])
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Checkpoint(model=model, optimizer=optimizer).save(os.path.join(folder, "c"))
            text = checkpoint.dot_graph_from_checkpoint(path)
            metadata = checkpoint.object_metadata(path)
            manager = checkpoint.CheckpointManager(tf.train.Checkpoint(model=model), folder, max_to_keep=1)
            manager.save()
            names = sorted({c.local_name for node in metadata.nodes for c in node.children})
        colors = {c: text.count("color=" + c) for c in ("blue", "orange", "red")}
        return [colors, text.count("style=dotted"), 'label="momentum"' in text, names, len(manager.checkpoints)]

    return eagerly(tf, run)


def case_split_dependency(tf, contrib):
    checkpoint = contrib.checkpoint

    def run():
        class Pair(checkpoint.CheckpointableBase):
            def __init__(self):
                self.both = tf.Variable([1.0, 2.0])
                parts = checkpoint.split_dependency(
                    ["first", "second"], [tf.float32] * 2, self._fill, self._consume, "/device:CPU:0"
                )
                for name, part in parts.items():
                    self._track_trackable(part, name)

            def _fill(self, found):
                found["first"], found["second"] = tf.unstack(self.both.read_value())

            def _consume(self, found):
                return self.both.assign(tf.stack([found["first"], found["second"]]))

        pair = Pair()
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Checkpoint(pair=pair).save(os.path.join(folder, "c"))
            names = sorted(n for n, _ in tf.train.list_variables(path) if n.startswith("pair"))
            pair.both.assign([0.0, 0.0])
            tf.train.Checkpoint(pair=pair).restore(path)
        return [names, pair.both]

    return eagerly(tf, run)


def case_autograph(tf, contrib):
    autograph = contrib.autograph

    def clipped(x):
        if x > 0:
            x = x * 2
        return x

    converted = autograph.to_graph(clipped)
    source = "if_stmt" in autograph.to_code(clipped)
    decorated = autograph.convert()(clipped)
    found = {"to_graph": converted(tf.constant(3.0)), "convert": decorated(tf.constant(-1.0))}
    return Run(found, also=lambda _: [source, autograph.do_not_convert(clipped)(3)])


def case_mirrored_batches(tf, contrib):
    def also(_):
        with tf.Graph().as_default():
            strategy = contrib.distribute.MirroredStrategy(devices=["/cpu:0", "/cpu:1"])
            with strategy.scope():
                v = tf.get_variable("v", initializer=1.0, aggregation=tf.VariableAggregation.SUM)
                # batches are for one replica each; the strategies of core TensorFlow split them
                iterator = strategy.make_dataset_iterator(tf.data.Dataset.range(8).batch(2))

                def step(x):
                    return v.assign_add(tf.cast(tf.reduce_sum(x), tf.float32)), x

                results = strategy.experimental_run(step, iterator)
                values = [strategy.experimental_local_results(r) for r in results]
            with tf.Session(config=tf.ConfigProto(device_count={"CPU": 2})) as session:
                session.run(iterator.initialize())
                session.run(tf.global_variables_initializer())
                found = session.run(values[1])
            names = [x.op.name for x in tf.global_variables()]
        return [[x.tolist() for x in found], strategy.num_replicas_in_sync, names]

    return Run(also=also)


def case_strategies_that_are_refused(tf, contrib):
    distribute = contrib.distribute
    outcomes = [
        attempt(lambda: distribute.MirroredStrategy(num_gpus=1, num_gpus_per_worker=1)),
        attempt(lambda: distribute.MirroredStrategy(devices=["/cpu:0"], num_gpus=1)),
        attempt(lambda: distribute.Monitor(None)),
        distribute.has_strategy(),
        distribute.in_cross_replica_context(),
        distribute.ParameterServerStrategy().num_replicas_in_sync,
        distribute.MirroredStrategy().num_replicas_in_sync,
    ]
    return Run(also=lambda _: outcomes)


def case_monitored_steps(tf, contrib):
    def also(_):
        with tf.Graph().as_default(), tf.Session() as session:
            strategy = contrib.distribute.OneDeviceStrategy("/cpu:0")
            with strategy.scope():
                w = tf.get_variable("w", initializer=2.0, use_resource=True)
            step = contrib.distribute.StandardSingleLossStep(
                lambda: tf.data.Dataset.range(1, 5),
                lambda _, x: tf.square(w * tf.cast(x, tf.float32)),
                tf.train.GradientDescentOptimizer(0.01),
                strategy,
            )
            monitor = contrib.distribute.Monitor(step, session)
            found = []
            for count in (2, None):
                monitor.run_steps(count)
                found.append(float(session.run(w)))
        return found

    return Run(also=also)
