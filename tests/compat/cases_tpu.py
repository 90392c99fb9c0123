"""tf.contrib.tpu and cluster_resolver where there is no TPU. Runs on Python 3.7 as well."""

import json
import os

from tests.compat.cases_learn import TARGETS, X, alone
from tests.compat.estimators import attempt, estimator_of, known_weights
from tests.compat.harness import Run, numbers, output_and_gradients


def model(tf, contrib, log, hosted=True):
    """A model function for TPUs: scaffold_fn, eval_metrics, host_call, CrossShardOptimizer only on a TPU."""
    tpu, modes = contrib.tpu, estimator_of(tf).ModeKeys

    def model_fn(features, labels, mode, params):
        log.append([mode, params.get("batch_size"), params["use_tpu"], params["scale"], sorted(params)])
        weight = tf.get_variable("weight", [3, 1])
        output = tf.reshape(tf.matmul(features["x"], weight), [-1]) * params["scale"]

        def scaffold_fn():
            log.append("scaffold")
            return tf.train.Scaffold()

        if mode == modes.PREDICT:
            exports = {"serving_default": estimator_of(tf).export.PredictOutput({"output": output})}
            return tpu.TPUEstimatorSpec(
                mode, predictions={"output": output}, scaffold_fn=scaffold_fn, export_outputs=exports
            )
        losses = tf.square(output - labels)
        loss = tf.reduce_mean(losses)
        if mode == modes.EVAL:

            def metric_fn(losses, labels):
                log.append("metrics")
                return {"error": tf.metrics.mean(losses), "label": tf.metrics.mean(labels)}

            named = {"losses": losses, "labels": labels}
            metrics = (metric_fn, [losses, labels]) if hosted else (metric_fn, named)
            return tpu.TPUEstimatorSpec(mode, loss=loss, eval_metrics=metrics, scaffold_fn=scaffold_fn)
        optimizer = tf.train.GradientDescentOptimizer(0.1)
        if params["use_tpu"]:
            optimizer = tpu.CrossShardOptimizer(optimizer)
        train_op = optimizer.minimize(loss, tf.train.get_global_step())

        def host_call(loss):
            log.append("host call")
            return [tf.identity(loss).op]

        call = (host_call, [tf.reshape(loss, [1])]) if hosted else None
        return tpu.TPUEstimatorSpec(mode, loss=loss, train_op=train_op, scaffold_fn=scaffold_fn, host_call=call)

    return model_fn


def input_fn(tf, log=None):
    def made(params):
        if log is not None:
            log.append("input %d" % params["batch_size"])
        data = tf.data.Dataset.from_tensor_slices(({"x": X}, TARGETS)).repeat()
        return data.batch(params["batch_size"], drop_remainder=True)

    return made


def once(tf):
    return lambda params: tf.data.Dataset.from_tensor_slices({"x": X}).batch(params["batch_size"])


def config(contrib, folder, **kwargs):
    tpu = contrib.tpu
    return tpu.RunConfig(
        cluster=None,
        master=None,
        model_dir=folder,
        save_checkpoints_steps=2,
        save_summary_steps=None,
        tpu_config=tpu.TPUConfig(
            iterations_per_loop=2, num_shards=8, per_host_input_for_training=tpu.InputPipelineConfig.PER_HOST_V2
        ),
        **kwargs,
    )


@alone
def case_estimator_without_a_tpu(tf, contrib, folder):
    found = {}
    for name, hosted in (("hosted", True), ("plain", False)):
        log = []
        trained = contrib.tpu.TPUEstimator(
            use_tpu=False,
            model_fn=model(tf, contrib, log, hosted),
            config=config(contrib, os.path.join(folder, name)),
            params={"scale": 2.0},
            train_batch_size=4,
            eval_batch_size=3,
            predict_batch_size=5,
        )
        trained.train(input_fn(tf, log), hooks=[known_weights(tf)], max_steps=3)
        found[name] = {
            "evaluated": trained.evaluate(input_fn(tf, log), steps=4),
            "predicted": list(trained.predict(once(tf))),
            "batches": [len(b["output"]) for b in trained.predict(once(tf), yield_single_examples=False)],
            "weight": trained.get_variable_value("weight"),
            "names": trained.get_variable_names(),
            "log": log,
            "files": sorted(f for f in os.listdir(trained.model_dir) if f.endswith("index")),
        }

    def receiver_fn():
        place = tf.placeholder(tf.float32, [None, 3], "place")
        return estimator_of(tf).export.ServingInputReceiver({"x": place}, {"x": place})

    path = trained.export_savedmodel(os.path.join(folder, "out"), receiver_fn)
    predictor = contrib.predictor.from_saved_model(path.decode())
    found["exported"] = predictor({"x": X[:2]})
    return found


@alone
def case_settings(tf, contrib, folder):
    tpu = contrib.tpu

    def make(**kwargs):
        return tpu.TPUEstimator(model(tf, contrib, []), config=config(contrib, folder), params={"scale": 1.0}, **kwargs)

    made = tpu.TPUConfig(iterations_per_loop=3, num_shards=2)
    run = tpu.RunConfig(master="m", tpu_config=made, model_dir="d", tf_random_seed=3)
    ours = [made.iterations_per_loop, made.num_shards, made.num_cores_per_replica, made.per_host_input_for_training]
    pipeline = tpu.InputPipelineConfig
    values = [getattr(pipeline, n) for n in ("PER_SHARD_V1", "PER_HOST_V1", "PER_HOST_V2", "BROADCAST")]
    replaced = run.replace(save_checkpoints_steps=7)
    return {
        "config": [
            ours,
            run.master,
            run.model_dir,
            run.tpu_config is made,
            replaced.save_checkpoints_steps,
            replaced.master,
            values,
        ],
        "errors": [
            attempt(make, use_tpu=True, train_batch_size=None)[0],
            attempt(make, use_tpu=True, train_batch_size=3.5)[0],
            attempt(tpu.TPUEstimator, model(tf, contrib, []), config=3, params={}),
            attempt(tpu.TPUEstimator, model(tf, contrib, []), config=config(contrib, folder), params={"batch_size": 3})[
                0
            ],
            attempt(tpu.TPUConfig, iterations_per_loop=0)[0],
            attempt(tpu.TPUConfig, num_cores_per_replica=3)[0],
            attempt(tpu.TPUEstimatorSpec, "eval", eval_metrics=3)[0],
            attempt(tpu.TPUEstimatorSpec, "eval", eval_metrics=(3, []))[0],
            attempt(tpu.TPUEstimatorSpec, "train", training_hooks=[3])[0],
        ],
    }


@alone
def case_a_tpu_that_is_not_there(tf, contrib, folder):
    made = contrib.tpu.TPUEstimator(
        model(tf, contrib, []),
        config=config(contrib, folder),
        params={"scale": 1.0},
        use_tpu=True,
        train_batch_size=8,
        eval_batch_size=8,
    )
    kind, text = attempt(made.train, input_fn(tf), max_steps=1)
    return kind, text.split(".")[0]


@alone
def case_batches_of_labels_and_features(tf, contrib, folder):
    """Tensors instead of Datasets, and params without more."""

    def model_fn(features, labels, mode, params):
        weight = tf.get_variable("weight", [3, 1])
        loss = tf.reduce_mean(tf.square(tf.matmul(features, weight) - labels)) * params["batch_size"]
        step = tf.train.GradientDescentOptimizer(0.01).minimize(loss, tf.train.get_global_step())
        return contrib.tpu.TPUEstimatorSpec(mode, loss=loss, train_op=step)

    def tensors(params):
        size = params["batch_size"]
        return tf.constant(X[:size]), tf.constant(TARGETS[:size, None])

    made = contrib.tpu.TPUEstimator(
        model_fn, config=config(contrib, folder), use_tpu=False, train_batch_size=6, eval_batch_size=2
    )
    made.train(tensors, hooks=[known_weights(tf)], steps=2)
    return made.evaluate(tensors, steps=1), made.get_variable_value("weight")


@alone
def case_checkpoints_in_the_background(tf, contrib, folder):
    class Listener(tf.train.CheckpointSaverListener):
        def __init__(self):
            self.log = []

        def begin(self):
            self.log.append("begin")

        def before_save(self, session, global_step_value):
            self.log.append("before %d" % global_step_value)

        def after_save(self, session, global_step_value):
            self.log.append("after %d" % global_step_value)

        def end(self, session, global_step_value):
            self.log.append("end %d" % global_step_value)

    listener = Listener()
    with tf.Graph().as_default():
        step = tf.train.get_or_create_global_step()
        count = tf.assign_add(step, 1)
        hook = contrib.tpu.AsyncCheckpointSaverHook(
            folder, save_steps=1000, saver=tf.train.Saver(), listeners=[listener]
        )
        stop = tf.train.StopAtStepHook(num_steps=3)
        with tf.train.SingularMonitoredSession(hooks=[hook, stop], checkpoint_dir=folder) as session:
            while not session.should_stop():
                session.run(count)
    make = contrib.tpu.AsyncCheckpointSaverHook
    return {
        "log": listener.log,
        "latest": os.path.basename(tf.train.latest_checkpoint(folder)),
        "graph": os.path.exists(os.path.join(folder, "graph.pbtxt")),
        "errors": [
            attempt(make, folder),
            attempt(make, folder, 1, 2),
            attempt(make, folder, 1, saver=3, scaffold=4),
        ],
    }


def case_bfloat16_scope(tf, contrib):
    with contrib.tpu.bfloat16_scope():
        half = tf.get_variable("half", [3, 2], tf.bfloat16)
        full = tf.get_variable("full", [2], tf.float32)
    output = tf.cast(tf.matmul(tf.constant(X, tf.bfloat16), half), tf.float32) + full
    return output_and_gradients(tf, output)


def case_optimizer_without_shards(tf, contrib):
    variable = tf.get_variable("v", initializer=numbers((3,), "v"))
    optimizer = contrib.tpu.CrossShardOptimizer(tf.train.MomentumOptimizer(0.1, 0.9))
    loss = tf.reduce_sum(tf.square(variable))
    errors = attempt(contrib.tpu.CrossShardOptimizer, optimizer, "none")[0]
    # applying them needs a TPU, on 1.15 too
    pairs = optimizer.compute_gradients(loss)
    names = [optimizer.get_slot_names(), optimizer.get_name()]
    return Run({"gradient": pairs[0][0]}, also=lambda _: [errors, names])


def case_resolvers(tf, contrib):
    resolvers = contrib.cluster_resolver
    first = tf.train.ClusterSpec({"worker": ["a:1", "b:1"], "ps": ["c:1"]})
    second = tf.train.ClusterSpec({"worker": ["d:1"]})
    simple = resolvers.SimpleClusterResolver(first, "the master", "worker", 1, rpc_layer="grpc")
    union = resolvers.UnionClusterResolver(simple, resolvers.SimpleClusterResolver(second))
    os.environ["TF_CONFIG"] = json.dumps(
        {"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": 1}}
    )
    config = resolvers.TFConfigClusterResolver(rpc_layer="grpc")
    found = [
        [sorted((k, v) for k, v in r.cluster_spec().as_dict().items()), r.task_type, r.task_id, r.rpc_layer]
        for r in (simple, union, config)
    ]
    masters = [simple.master(), simple.master("ps", 0), config.master(), union.master()]
    del os.environ["TF_CONFIG"]
    empty = resolvers.TFConfigClusterResolver()
    errors = [
        attempt(resolvers.UnionClusterResolver)[0],
        attempt(resolvers.UnionClusterResolver, 3)[0],
        attempt(resolvers.SimpleClusterResolver, {"worker": []})[0],
        attempt(resolvers.ClusterResolver)[0],
        empty.cluster_spec().as_dict(),
    ]
    return Run(also=lambda _: [found, masters, errors])
