"""Around the old estimators: monitors, Experiments, settings, inputs, data sets, models. Runs on Python 3.7 as well."""

import json
import os

import numpy as np

from tests.compat.cases_learn import BOTH, CLASSES, TARGETS, X, alone, config, input_fn
from tests.compat.estimators import attempt, known_weights
from tests.compat.harness import Run, numbers, output_and_gradients


def regressor(tf, contrib, folder, **kwargs):
    return contrib.learn.LinearRegressor(
        [contrib.layers.real_valued_column("x", dimension=3)],
        folder,
        optimizer=tf.train.GradientDescentOptimizer(0.1),
        config=config(contrib, **kwargs),
    )


def log_of_calls(contrib):
    class Log(contrib.learn.monitors.EveryN):
        def __init__(self):
            super(Log, self).__init__(every_n_steps=2, first_n_steps=1)
            self.calls = []

        def begin(self, max_steps=None):
            super(Log, self).begin(max_steps)
            self.calls.append("begin")

        def every_n_step_begin(self, step):
            self.calls.append("step_begin %d" % step)
            return ["linear/bias_weight"]

        def every_n_step_end(self, step, outputs):
            self.calls.append("step_end %d %s" % (step, sorted(map(str, outputs))))
            return step >= 5

        def every_n_post_step(self, step, session):
            self.calls.append("post_step %d" % step)

        def end(self, session=None):
            super(Log, self).end(session)
            self.calls.append("end %s" % (session is not None))

    return Log()


@alone
def case_monitors(tf, contrib, folder):
    monitors = contrib.learn.monitors
    log, kept = log_of_calls(contrib), monitors.CaptureVariable("linear/bias_weight", 2)
    watching = [
        known_weights(tf),
        log,
        kept,
        monitors.PrintTensor(["linear/bias_weight"], every_n=1),
        monitors.LoggingTrainable("linear", every_n=1),
        monitors.StepCounter(1),
        monitors.StopAtStep(num_steps=20),
    ]
    trained = regressor(tf, contrib, folder)
    trained.fit(input_fn=input_fn(tf, TARGETS), steps=9, monitors=watching)
    return {
        "calls": log.calls,
        "kept": sorted(kept.values.items()),
        "step": trained.get_variable_value("global_step"),
        "errors": [
            attempt(monitors.StopAtStep),
            attempt(monitors.StopAtStep, 1, 2),
            attempt(monitors.ValidationMonitor),
            attempt(monitors.CheckpointSaver, folder),
            attempt(monitors.BaseMonitor().end),
            attempt(monitors.BaseMonitor().set_estimator, None),
            str(monitors.NanLossDuringTrainingError()),
        ],
    }


@alone
def case_validation_monitor(tf, contrib, folder):
    learn = contrib.learn
    feature_columns = learn.infer_real_valued_columns_from_input(X)
    trained = learn.DNNClassifier(
        [4], feature_columns, folder, n_classes=3, config=config(contrib, save_checkpoints_steps=1)
    )
    monitor = learn.monitors.ValidationMonitor(
        X,
        CLASSES,
        every_n_steps=2,
        metrics={"mine": learn.MetricSpec(tf.metrics.accuracy, prediction_key="classes")},
        early_stopping_metric="loss",
        early_stopping_metric_minimize=False,  # the loss falls: this stops at once
        early_stopping_rounds=3,
        check_interval_secs=None,
    )
    trained.fit(x=X, y=CLASSES, batch_size=12, steps=50, monitors=[known_weights(tf), monitor])
    return [
        monitor.early_stopped,
        monitor.best_step,
        monitor.best_value,
        monitor.best_metrics,
        trained.get_variable_value("global_step"),
    ]


def experiment(tf, contrib, folder, **kwargs):
    learn = contrib.learn
    kwargs.setdefault("eval_steps", 1)
    kwargs.setdefault("train_steps", 4)
    return learn.Experiment(
        estimator=regressor(tf, contrib, folder, save_checkpoints_steps=1),
        train_input_fn=input_fn(tf, TARGETS),
        eval_input_fn=input_fn(tf, TARGETS),
        train_monitors=[known_weights(tf)],
        **kwargs,
    )


@alone
def case_experiments(tf, contrib, folder):
    learn = contrib.learn
    exported = []

    def export_fn(estimator, export_path, checkpoint_path, eval_result):
        exported.append([os.path.basename(export_path), checkpoint_path is None, sorted(eval_result)])
        return "path"

    strategy = learn.ExportStrategy("mine", export_fn)
    folders = [os.path.join(folder, str(i)) for i in range(6)]
    first = experiment(tf, contrib, folders[0], export_strategies=strategy, check_interval_secs=None)
    found = {"train_and_evaluate": first.train_and_evaluate(), "evaluate": first.evaluate(delay_secs=0)}
    found["test"] = experiment(tf, contrib, folders[1], export_strategies=[strategy]).test()
    found["local_run"] = experiment(
        tf, contrib, folders[2], local_eval_frequency=2, check_interval_secs=None
    ).local_run()
    along = experiment(tf, contrib, folders[3], export_strategies=[strategy], checkpoint_and_export=True)
    found["along"] = along.train_and_evaluate()
    continuous = experiment(tf, contrib, folders[4], train_steps_per_iteration=2)
    found["continuous"] = continuous.continuous_train_and_eval()
    continuous.continuous_eval(delay_secs=0, throttle_delay_secs=0)
    continuous.continuous_eval_on_train_data(0, 0, lambda result: result is None)
    found["folders"] = sorted(d for d in os.listdir(folders[4]) if d.startswith("eval"))
    found["exported"] = exported
    found["errors"] = [
        attempt(learn.Experiment, "x", None, None),
        attempt(experiment, tf, contrib, folders[5], export_strategies=["x"]),
        attempt(experiment, tf, contrib, folders[5], train_steps_per_iteration=1.5),
        attempt(experiment, tf, contrib, folders[5], saving_listeners=[])[0],
        attempt(continuous.continuous_eval, continuous_eval_predicate_fn=3),
        attempt(continuous.run_std_server)[0],
    ]
    return found


@alone
def case_learn_runner(tf, contrib, folder):
    learn = contrib.learn
    run = learn.learn_runner.run
    path = os.path.join(folder, "model")
    old = run(lambda output_dir: experiment(tf, contrib, output_dir, check_interval_secs=None), output_dir=path)
    settings = learn.RunConfig(model_dir=os.path.join(folder, "second"), save_checkpoints_steps=1)

    def experiment_fn(run_config, hparams):
        column = contrib.layers.real_valued_column("x", dimension=3)
        trained = learn.LinearRegressor([column], optimizer="SGD", config=run_config)
        data = input_fn(tf, TARGETS)
        return learn.Experiment(
            trained, data, data, train_steps=hparams.steps, eval_steps=1, train_monitors=[known_weights(tf)]
        )

    params = contrib.training.HParams(steps=2)
    new = run(experiment_fn, run_config=settings, schedule="train_and_evaluate", hparams=params)
    return {
        "old": old,
        "new": new[0],
        "errors": [
            attempt(run, experiment_fn),
            attempt(run, experiment_fn, "a", run_config=settings),
            attempt(run, 3, "a")[0],
            attempt(run, lambda output_dir: None, "a")[0],
            attempt(run, experiment_fn, "a", hparams=params),
            attempt(run, experiment_fn, run_config=learn.RunConfig(), hparams=params),
            attempt(run, experiment_fn, run_config=settings, hparams=3),
            attempt(run, experiment_fn, run_config=settings, hparams=params, schedule="nothing")[0],
            attempt(run, lambda run_config, hparams: experiment(tf, contrib, folder), run_config=settings)[0],
        ],
    }


OLD_SETTINGS = [
    "environment",
    "evaluation_master",
    "is_chief",
    "keep_checkpoint_every_n_hours",
    "keep_checkpoint_max",
    "log_step_count_steps",
    "master",
    "model_dir",
    "num_ps_replicas",
    "num_worker_replicas",
    "save_checkpoints_secs",
    "save_checkpoints_steps",
    "save_summary_steps",
    "task_id",
    "task_type",
    "tf_random_seed",
]


@alone
def case_settings(tf, contrib, folder):
    settings = contrib.learn.RunConfig
    cluster = {"ps": ["a:1", "b:1"], "worker": ["c:1", "d:1"], "master": ["e:1"]}
    environments = [
        {"cluster": cluster, "task": {"type": "worker", "index": 1}, "model_dir": "here"},
        {"cluster": cluster, "task": {"type": "master", "index": 0}, "environment": "cloud"},
        {"cluster": {"worker": ["c:1"]}, "task": {"type": "worker"}},
        {"cluster": cluster, "task": {"type": "worker", "index": 5}},
        {"cluster": cluster, "task": {"type": "chief"}},
    ]
    configs = [
        settings(),
        settings("master", 3, True, 0.5, 7, 1, None, 5, 2, 0.5, None, evaluation_master="other", model_dir="x"),
        settings(save_checkpoints_secs=9),
    ]
    for environment in environments:
        os.environ["TF_CONFIG"] = json.dumps(environment)
        configs.append(attempt(settings))
    different = attempt(settings, model_dir="other")
    os.environ["TF_CONFIG"] = json.dumps(environments[0])
    wrong = attempt(settings, model_dir="other")
    del os.environ["TF_CONFIG"]
    found = [c[:1] if isinstance(c, list) else {n: str(getattr(c, n)) for n in OLD_SETTINGS} for c in configs]
    same = settings(tf_random_seed=1).uid() == settings(tf_random_seed=2, save_summary_steps=3).uid()
    other = settings(model_dir="a").uid() == settings(model_dir="b").uid()
    replaced = settings(model_dir="a").replace(model_dir="b", tf_random_seed=3)
    copied = [replaced.model_dir, replaced.tf_random_seed, type(replaced).__name__]
    options = configs[1].tf_config
    made = [
        options.intra_op_parallelism_threads,
        options.log_device_placement,
        options.gpu_options.per_process_gpu_memory_fraction,
    ]
    return [
        found,
        made,
        different[:1],
        wrong[:1],
        same,
        other,
        settings(model_dir="a").uid(["model_dir"]) == settings().uid(["model_dir"]),
        copied,
    ]


@alone
def case_core_estimators_take_old_settings(tf, contrib, folder):
    from tests.compat.estimators import estimator_of

    core = estimator_of(tf)

    def model_fn(features, labels, mode):
        weight = tf.get_variable("weight", [3, 1])
        output = tf.reshape(tf.matmul(features["x"], weight), [-1])
        loss = tf.reduce_mean(tf.square(output - labels))
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return core.EstimatorSpec(mode, output, loss, train_op)

    settings = contrib.learn.RunConfig(model_dir=folder, save_checkpoints_steps=1, tf_random_seed=1)
    trained = core.Estimator(model_fn, config=settings)
    data = input_fn(tf, TARGETS)
    made = contrib.learn.Experiment(
        trained, data, data, train_steps=2, eval_steps=1, train_monitors=[known_weights(tf)]
    )
    return made.train_and_evaluate()[0]


def case_fed_arrays(tf, contrib):
    import importlib

    feeders = importlib.import_module(contrib.learn.__name__ + ".python.learn.learn_io.data_feeder")
    found = {}

    def drain(name, made):
        with tf.Graph().as_default():
            placeholders = made.input_builder()
            feed, batches = made.get_feed_dict_fn(), []
            try:
                while len(batches) < 6:
                    batches.append(sorted((k, v) for k, v in feed().items()))
            except StopIteration:
                batches.append("end")
        shapes = [
            None if p is None or isinstance(p, dict) else [p.name, p.dtype.name, str(p.get_shape())]
            for p in placeholders
        ]
        found[name] = [shapes, batches, sorted(made.get_feed_params().items())]

    setup = feeders.setup_train_data_feeder
    drain("plain", setup(X, TARGETS, None, batch_size=5, shuffle=False, epochs=1))
    drain("shuffled", setup(X, CLASSES, None, batch_size=5, epochs=2))
    drain("one hot", setup(X, CLASSES, 3, batch_size=7, shuffle=False, epochs=1))
    drain("columns", setup(X[:, 0], TARGETS[:, None], None, batch_size=8, shuffle=False, epochs=1))
    drain("dictionaries", setup({"a": X, "b": X[:, 0]}, {"c": CLASSES, "d": TARGETS}, {"c": 3}, 9, False, 1))
    drain("no labels", setup(X, None, None, batch_size=None, shuffle=False, epochs=1))
    drain("lists", setup(X, CLASSES.tolist(), None, batch_size=20, shuffle=False, epochs=1))
    drain("streams", setup(iter(X), iter(CLASSES), None, batch_size=5))
    drain("one hot streams", setup(iter(X), iter(CLASSES), 3, batch_size=5))
    drain("streams of dictionaries", setup(({"a": x} for x in X), None, None, batch_size=10))
    split = feeders.setup_predict_data_feeder
    found["split"] = [split(X, 5), split(X[:, 0]), [np.asarray(b) for b in split(iter(X), 5)]]
    found["errors"] = [attempt(setup, X, TARGETS, None, batch_size=0), attempt(setup, iter(X), TARGETS, None, 3)]
    return Run(also=lambda _: found)


def case_frames(tf, contrib):
    import pandas as pd

    learn = contrib.learn
    frame = pd.DataFrame({"b": [1.5, 2.5], "a": [3, 4]}, index=[7, 8])
    texts = pd.DataFrame({"t": ["x", "y"]})
    found = [
        learn.extract_pandas_data(frame),
        learn.extract_pandas_data(X),
        learn.extract_pandas_matrix(frame) if hasattr(frame, "as_matrix") or tf.__version__ > "2" else frame.values,
        learn.extract_pandas_labels(frame[["a"]]),
        attempt(learn.extract_pandas_labels, frame),
        attempt(learn.extract_pandas_data, texts)[0],
        attempt(learn.extract_pandas_labels, texts)[0],
    ]
    return Run(also=lambda _: found)


@alone
def case_read_features(tf, contrib, folder):
    learn = contrib.learn
    path = os.path.join(folder, "records")
    with tf.python_io.TFRecordWriter(path) as writer:
        for i in range(7):
            number = tf.train.Feature(float_list=tf.train.FloatList(value=[i + 0.5]))
            words = tf.train.Feature(int64_list=tf.train.Int64List(value=list(range(i % 3))))
            writer.write(
                tf.train.Example(features=tf.train.Features(feature={"n": number, "w": words})).SerializeToString()
            )
    lines = os.path.join(folder, "lines")
    with open(lines, "w") as f:
        f.write("".join("line %d\n" % i for i in range(5)))
    spec = {"n": tf.FixedLenFeature([], tf.float32), "w": tf.VarLenFeature(tf.int64)}

    def drain(build):
        with tf.Graph().as_default(), tf.Session() as session:
            batch = build()
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
            coordinator, found = tf.train.Coordinator(), []
            threads = tf.train.start_queue_runners(session, coordinator)
            try:
                while len(found) < 5:
                    found.append(session.run(batch))
            except tf.errors.OutOfRangeError:
                found.append("end")
            coordinator.request_stop()
            coordinator.join(threads)
            return found

    def values(batch):
        return {"n": batch["n"], "w": [batch["w"].indices, batch["w"].values, batch["w"].dense_shape]}

    def read_lines():
        parse = lambda line: {"text": line, "size": tf.size(tf.string_split([line], " ").values)}  # noqa: E731
        return learn.read_keyed_batch_examples(lines, 2, tf.TextLineReader, False, 1, parse_fn=parse)

    def shuffled():
        return learn.read_batch_examples([lines], 5, tf.TextLineReader, num_epochs=1, queue_capacity=50)

    many = drain(shuffled)
    return {
        "records": drain(lambda: values(learn.read_batch_record_features(path, 3, spec, False, 1))),
        "features": drain(lambda: values(learn.read_batch_features(path, 4, spec, tf.TFRecordReader, False, 1))),
        "lines": [
            [os.path.basename(k.decode() if isinstance(k, bytes) else str(k)) for k in b[0]] if b != "end" else b
            for b in drain(read_lines)
        ],
        "shuffled": sorted(x for b in many if not isinstance(b, str) for x in b),
        "errors": [
            attempt(learn.read_batch_examples, [], 2, tf.TextLineReader),
            attempt(learn.read_batch_examples, os.path.join(folder, "no*"), 2, tf.TextLineReader)[0],
            attempt(learn.read_batch_examples, lines, 0, tf.TextLineReader),
            attempt(learn.read_batch_examples, lines, 2, tf.TextLineReader, num_epochs=0),
            attempt(learn.read_batch_examples, lines, 2, tf.TextLineReader, queue_capacity=0),
            attempt(learn.read_batch_examples, lines, 2, tf.TextLineReader, num_threads=0),
            attempt(learn.read_batch_examples, lines, 2, tf.TextLineReader, read_batch_size=0),
        ],
    }


@alone
def case_generated_input(tf, contrib, folder):
    from_generator = contrib.learn.io.generator_input_fn

    def generator():
        for i in range(5):
            yield {"a": np.float32(i), "b": np.ones(2) * i, "y": np.int64(i % 2)}

    def batches(**kwargs):
        with tf.Graph().as_default(), tf.Session() as session:
            batch = from_generator(generator, batch_size=2, shuffle=False, num_epochs=1, **kwargs)()
            threads = tf.train.start_queue_runners(session)
            found = []
            try:
                while len(found) < 4:
                    found.append(session.run(batch))
            except tf.errors.OutOfRangeError:
                found.append("end")
            return found, len(threads)

    return [
        batches(),
        batches(target_key="y"),
        batches(target_key=["y", "a"]),
        attempt(from_generator, 3),
        attempt(from_generator, lambda: 3),
        attempt(from_generator, generator, target_key=["z"])[0],
        attempt(from_generator, generator, target_key=3),
    ]


@alone
def case_data_sets(tf, contrib, folder):
    datasets = contrib.learn.datasets
    header = os.path.join(folder, "header.csv")
    with open(header, "w") as f:
        f.write("2,3,a,b\n1.5,2,3,0\n4,5,6,1\n")
    plain = os.path.join(folder, "plain.csv")
    with open(plain, "w") as f:
        f.write("".join("%d,%d,text\n" % (i, i * i) for i in range(6)))
    datasets.base.shrink_csv(plain, 4)
    iris = datasets.load_iris()
    found = {
        "header": datasets.base.load_csv_with_header(header, np.int64, np.float32),
        "plain": datasets.base.load_csv_without_header(plain, np.int32, np.str_, target_column=0),
        "small": datasets.base.load_csv_without_header(os.path.join(folder, "plain_small.csv"), np.int32, np.str_, 0),
        "iris": [iris.data, iris.target, iris.data.dtype.name, iris.target.dtype.name],
        "boston": datasets.load_boston(header),
        "fake": datasets.load_dataset("dbpedia", test_with_fake_data=True),
        "errors": [
            attempt(datasets.load_dataset, "x"),
            attempt(datasets.make_dataset, "x"),
            attempt(datasets.make_dataset, "spirals", mode="x"),
        ],
    }
    for name, kwargs in (
        ("circles", {}),
        ("circles", {"n_classes": 3, "noise": 0.1, "n_samples": 31, "factor": 0.5}),
        ("spirals", {"noise": 0.2}),
        ("spirals", {"mode": "bernoulli", "exp_scale": 0.2, "n_samples": 21}),
        ("spirals", {"mode": "fermat", "n_loops": 1}),
    ):
        made = datasets.make_dataset(name, **dict({"n_samples": 20, "seed": 5}, **kwargs))
        found["%s %s" % (name, sorted(kwargs.items()))] = [made.data, made.target, made.target.dtype.name]
    return found


def case_linear_regression(tf, contrib):
    predictions, loss = contrib.learn.models.linear_regression(tf.constant(X), tf.constant(TARGETS))
    return output_and_gradients(tf, predictions, fetches={"loss": loss}, summaries=True)


def case_logistic_regression(tf, contrib):
    one_hot = contrib.learn.ops.embedding_lookup(tf.eye(3), tf.constant(CLASSES))
    tf.constant([1.0, 2.0, 0.5], name="class_weight")  # found by its name
    predictions, loss = contrib.learn.models.logistic_regression(tf.constant(X), one_hot)
    return output_and_gradients(tf, predictions, fetches={"loss": loss})


def case_zero_initial_values(tf, contrib):
    first = contrib.learn.models.linear_regression_zero_init(tf.constant(X), tf.constant(TARGETS))
    second = contrib.learn.models.logistic_regression_zero_init(tf.constant(X), tf.one_hot(tf.constant(BOTH), 2))
    return Run({"first": first, "second": second}, keep=True)


def case_sequences_of_ops(tf, contrib):
    ops = contrib.learn.ops
    words = ops.categorical_variable(tf.constant([[0, 2, 1], [3, 1, 0]]), 4, 2, "words")
    targets = tf.constant(numbers((2, 3, 2), "sequence"))
    in_x, in_y, out_y = ops.seq2seq_inputs(words, targets, 3, 3)
    decoded = ops.rnn_seq2seq(in_x, in_y, contrib.rnn.GRUCell(2))
    predictions, loss = ops.sequence_classifier(decoded[0], out_y, decoded[2])
    return output_and_gradients(
        tf, predictions, fetches={"loss": loss, "states": decoded[1][-1], "sampled": decoded[3][-1]}
    )


def case_outputs_of_a_graph(tf, contrib):
    learn = contrib.learn
    total = tf.Variable(1.0)
    place = tf.placeholder_with_default(2.0, [], "place")
    outputs = {"sum": total + place, "count": total.assign_add(1.0)}

    def also(_):
        return [
            learn.run_n(outputs, n=3)[-1]["count"],
            [r["sum"] for r in learn.run_feeds({"sum": outputs["sum"]}, [{place: 3.0}, {place: 5.0}])],
            learn.infer(None, {"sum": outputs["sum"]}, {place: 4.0}),
            attempt(learn.run_feeds, {}, [None]),
        ]

    return Run(also=also)


def case_metric_specs(tf, contrib):
    learn = contrib.learn
    labels, predictions = tf.constant([1.0, 0.0, 1.0]), tf.constant([0.9, 0.2, 0.4])
    weights = {"w": tf.constant([1.0, 2.0, 3.0])}

    def positional(first, labels):
        return tf.reduce_sum(first - labels)

    def only(first):
        return tf.reduce_sum(first)

    def other_names(target, logits, weight=None):
        return tf.reduce_sum(target * logits) if weight is None else tf.reduce_sum(target * logits * weight)

    spec = learn.MetricSpec
    fetches = {
        "positional": spec(positional).create_metric_ops({}, labels, predictions),
        "only": spec(only).create_metric_ops({}, None, predictions),
        "named": spec(tf.metrics.mean_squared_error, "p", "l", "w").create_metric_ops(
            weights, {"l": labels}, {"p": predictions}
        ),
        "other": spec(other_names, weight_key="w").create_metric_ops(weights, {"l": labels}, predictions),
        "partial": spec(lambda labels, first: tf.reduce_sum(labels - 2 * first)).create_metric_ops(
            {}, labels, predictions
        ),
    }
    errors = [
        attempt(spec, only, label_key="l")[0],
        attempt(spec, only, weight_key="w")[0],
        attempt(spec, lambda labels, label: 0)[0],
        attempt(spec(positional, "p").create_metric_ops, {}, labels, predictions)[0],
        attempt(spec(positional, "p").create_metric_ops, {}, labels, {"q": predictions})[0],
        attempt(spec(positional).create_metric_ops, {}, labels, {"q": labels, "p": predictions})[0],
        attempt(spec(positional).metric_fn, predictions, labels),
        str(spec(positional, "p", None, None)),
    ]
    return Run(fetches, also=lambda _: errors)


def case_operations_of_a_model_function(tf, contrib):
    learn = contrib.learn
    keys = learn.ModeKeys
    loss = tf.Variable([2.0], name="loss")
    train_op = loss.assign_add([1.0])
    made = learn.ModelFnOps(
        keys.TRAIN, {"a": loss}, loss, train_op, {"m": tf.metrics.mean(loss), "loss": tf.metrics.mean(loss)}
    )
    kinds = learn.ProblemType
    text = tf.constant([["x", "y"]])
    scores = {"scores": tf.constant([[0.1, 0.9]]), "classes": text}
    alternatives = {
        "a": (kinds.CLASSIFICATION, scores),
        "b": (kinds.UNSPECIFIED, {"p": loss + 1}),
        "c": (kinds.LINEAR_REGRESSION, {"scores": loss + 1}),
    }
    served = learn.ModelFnOps(keys.INFER, {"p": loss}, output_alternatives=alternatives).estimator_spec("b")
    spec = made.estimator_spec()
    found = [
        str(made.loss.get_shape()),
        type(made.train_op).__name__,
        sorted(spec.eval_metric_ops),
        spec.mode,
        served.mode,
        sorted((k, type(v).__name__) for k, v in served.export_outputs.items()),
        attempt(learn.ModelFnOps, "x"),
        attempt(learn.ModelFnOps, keys.TRAIN, loss=loss),
        attempt(learn.ModelFnOps, keys.EVAL, predictions=loss),
        attempt(learn.ModelFnOps, keys.EVAL, loss=loss),
        attempt(learn.ModelFnOps, keys.EVAL, loss, tf.zeros([2]))[0],
        attempt(learn.ModelFnOps, keys.EVAL, loss, loss, eval_metric_ops=[]),
        attempt(learn.ModelFnOps, keys.TRAIN, loss, loss, train_op, training_hooks=[3])[0],
    ]
    return Run({"loss": made.loss}, keep=True, also=lambda _: found)
