"""tf.contrib.framework, data, opt and eager. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.harness import Run, numbers


def case_assignments(tf, contrib):
    framework = contrib.framework
    a, b = framework.variable("a", shape=[2]), framework.model_variable("b", shape=[3])
    op, feed = framework.assign_from_values({"a": np.array([1.0, 2.0])})
    init = framework.assign_from_values_fn({"b": np.array([3.0, 4.0, 5.0])})

    def also(session):
        session.run(op, feed)
        init(session)
        return session.run([a, b])

    return Run(also=also)


def case_checkpoints(tf, contrib):
    framework = contrib.framework
    w = framework.model_variable("net/w", shape=[2, 2])
    extra = framework.variable("net/extra", shape=[1])

    def also(session):
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Saver([w]).save(session, os.path.join(folder, "model"))
            stored = session.run(w)
            session.run(w.assign(w * 0.0))
            framework.assign_from_checkpoint_fn(path, [w, extra], ignore_missing_vars=True)(session)
            names = framework.list_variables(folder)
            loaded = framework.load_variable(folder, "net/w")
            has = framework.load_checkpoint(path).has_tensor("net/extra")
        return [bool((session.run(w) == stored).all()), names, loaded, has]

    return Run(also=also)


def case_initializers_that_read_checkpoints(tf, contrib):
    framework = contrib.framework
    folder = tempfile.mkdtemp()
    stored = {"old/w": numbers((2, 2), "w"), "old/b": numbers((2,), "b"), "c": numbers((3,), "c")}
    with tf.Graph().as_default(), tf.Session() as session:
        variables = [tf.Variable(value, name=name) for name, value in sorted(stored.items())]
        session.run(tf.global_variables_initializer())
        tf.train.Saver(variables).save(session, os.path.join(folder, "model"))
    w, b = tf.get_variable("new/w", [2, 2]), tf.get_variable("new/b", [2])
    c = tf.get_variable("other", [3])
    framework.init_from_checkpoint(checkpoint_dir=folder, assignment_map={"old/": "new/", "c": c})
    errors = []
    for wrong in ({"nothing": c}, {"c": w}, {"old/w": "nowhere"}):
        try:
            framework.init_from_checkpoint(folder, wrong)
        except ValueError:
            errors.append(sorted(wrong))

    def also(session):
        session.run(tf.global_variables_initializer())
        reader = framework.load_checkpoint(filepattern=folder)
        return [
            session.run([w, b, c]),
            errors,
            framework.list_variables(checkpoint_dir=folder),
            framework.load_variable(checkpoint_dir=folder, name="old/b:0"),
            reader.get_tensor("c"),
        ]

    return Run(keep=True, also=also)


def case_global_step(tf, contrib):
    framework = contrib.framework
    missing = framework.get_global_step() is None
    step = framework.get_or_create_global_step()
    same = framework.get_global_step() is step and framework.assert_or_get_global_step() is step
    return Run({"step": step.assign_add(1)}, steps=2, also=lambda _: [missing, same])


def case_filters(tf, contrib):
    framework = contrib.framework
    for name in ("conv/weights", "conv/biases", "fc/weights"):
        framework.model_variable(name, shape=[1])
    found = framework.filter_variables(tf.global_variables(), include_patterns=["weights"], exclude_patterns=["fc"])
    with tf.variable_scope("conv", reuse=True):
        full = framework.get_variable_full_name(tf.get_variable("weights", [1]))
    return Run(also=lambda _: [[v.op.name for v in found], full])


def case_nest(tf, contrib):
    nest = contrib.framework.nest
    tree = {"b": [1, (2, 3)], "a": 4}

    def also(_):
        try:
            nest.assert_same_structure([1, 2], [1, [2]])
            mismatch = "same"
        except ValueError:
            mismatch = "differs"
        return [
            nest.flatten(tree),
            nest.map_structure(lambda x: x + 1, tree),
            nest.pack_sequence_as(tree, [1, 2, 3, 4]),
            mismatch,
            [nest.is_sequence(v) for v in ([1], (1,), {"a": 1}, "text", 3, np.zeros(2))],
            nest.flatten_up_to([0, 0], [1, [2, 3]]),
            [nest.is_nested(v) for v in ([], "x")],
            list(nest.yield_flat_paths(tree)),
        ]

    return Run(also=also)


def case_sorting(tf, contrib):
    x = tf.constant(numbers((2, 5), "sort"))
    framework = contrib.framework
    return Run({"up": framework.sort(x), "down": framework.argsort(x, axis=0, direction="DESCENDING")})


def case_tensor_checks(tf, contrib):
    framework = contrib.framework
    x = tf.constant(numbers((2, 3), "checks"), name="x")
    unknown = tf.placeholder_with_default(numbers((2, 3), "checks"), [None, 3], name="unknown")
    predictions, labels = framework.remove_squeezable_dimensions(tf.ones([2, 1]), tf.ones([2]))
    with tf.name_scope("here"):
        scope = framework.get_name_scope()
    refused = []
    for attempt in (lambda: framework.with_shape([3, 3], x), lambda: framework.assert_scalar_int(x)):
        try:
            attempt()
            refused.append("accepted")
        except ValueError:
            refused.append("refused")
    wrong = framework.with_shape([2, 4], tf.placeholder_with_default(np.zeros((2, 3), np.float32), [None, None]))

    def also(session):
        try:
            session.run(wrong)
        except tf.errors.InvalidArgumentError:
            refused.append("refused when run")
        return [
            refused,
            scope,
            predictions.shape.as_list(),
            labels.shape.as_list(),
            framework.is_tensor(x),
            framework.strip_name_scope("a/b", "a"),
        ]

    found = {
        "same": framework.with_shape([2, 3], x),
        "known": framework.with_shape((2, 3), unknown),
        "like": framework.with_same_shape(x, unknown),
        "scalar": framework.with_shape([], tf.constant([7.0])),
        "sum": framework.reduce_sum_n([x, x]),
        "int": framework.assert_scalar_int(tf.constant(3)),
        "placeholders": tf.constant(len(framework.get_placeholders(tf.get_default_graph()))),
        "cond": framework.smart_cond(True, lambda: tf.constant(1), lambda: tf.constant(2)),
    }
    return Run(found, also=also)


def case_data(tf, contrib):
    data = contrib.data
    base = tf.data.Dataset.range(7)
    sets = {
        "map_and_batch": base.apply(data.map_and_batch(lambda x: x * 2, 3)),
        "drop": base.apply(data.batch_and_drop_remainder(3)),
        "padded": base.map(lambda x: tf.fill([tf.minimum(x, 3)], x)).apply(
            data.padded_batch_and_drop_remainder(3, [None])
        ),
        "interleave": base.apply(
            data.parallel_interleave(lambda x: tf.data.Dataset.from_tensors(x).repeat(2), cycle_length=2)
        ),
        "windows": base.apply(data.group_by_window(lambda x: x % 2, lambda _, d: d.batch(4), window_size=4)),
        "unbatch": base.batch(2).apply(data.unbatch()),
        "enumerate": base.apply(data.enumerate_dataset(start=5)),
        "unique": base.map(lambda x: x % 3).apply(data.unique()),
        "scan": base.apply(data.scan(tf.constant(0, tf.int64), lambda s, x: (s + x, s + x))),
        "repeat": base.apply(data.shuffle_and_repeat(1, 2, seed=1)),
        "buckets": base.map(lambda x: tf.fill([x], x)).apply(data.bucket_by_sequence_length(tf.size, [3], [2, 2])),
    }
    nexts = {name: tf.data.make_one_shot_iterator(d).get_next() for name, d in sets.items()}

    def also(session):
        found = {}
        for name, following in nexts.items():
            found[name] = []
            try:
                while True:
                    found[name].append(session.run(following))
            except tf.errors.OutOfRangeError:
                pass
        return found

    reducer = data.Reducer(lambda _: tf.constant(0, tf.int64), lambda s, x: s + x, lambda s: s)
    return Run(
        {"reduced": data.reduce_dataset(base, reducer), "single": data.get_single_element(base.take(1))}, also=also
    )


def _lazy_adam(tf, contrib, use_resource):
    table = tf.get_variable("table", [4, 2], use_resource=use_resource)
    dense = tf.get_variable("dense", [2], use_resource=use_resource)
    loss = tf.reduce_sum(tf.square(tf.nn.embedding_lookup(table, [1, 3]) * dense))
    train = contrib.opt.LazyAdamOptimizer(0.1).minimize(loss)
    init = tf.variables_initializer([v for v in tf.global_variables() if "Adam" in v.op.name])
    return Run(
        finals=True,
        also=lambda s: [s.run(init), [s.run([loss, train])[0] for _ in range(3)], s.run([table, dense])][1:],
    )


def case_lazy_adam(tf, contrib):
    return _lazy_adam(tf, contrib, False)


def case_lazy_adam_on_resources(tf, contrib):
    return _lazy_adam(tf, contrib, True)


def case_create_train_op(tf, contrib):
    training = contrib.training
    w = tf.get_variable("w", [3])
    train = training.create_train_op(
        tf.reduce_sum(tf.exp(w)),
        tf.train.AdagradOptimizer(0.2),
        transform_grads_fn=training.clip_gradient_norms_fn(0.3),
        summarize_gradients=True,
    )
    tf.train.get_or_create_global_step()
    return Run({"train": train}, steps=2, finals=True, summaries=True)


def case_python_functions(tf, contrib):
    x = tf.constant([1.0, 2.0])
    found = contrib.framework.py_func(
        lambda a, pair, scale: {"sum": a + pair[0] * scale, "shape": np.int64(len(pair))},
        [x, (x, x)],
        {"scale": tf.constant(3.0)},
        output_types={"sum": tf.float32, "shape": tf.int64},
        output_shapes=lambda a, pair, scale: {"sum": a.shape, "shape": []},
    )
    return Run(found, also=lambda _: [found["sum"].shape.as_list(), found["shape"].shape.as_list()])


def case_orthogonal_initializers(tf, contrib):
    framework = contrib.framework
    tf.get_variable("delta", [3, 3, 2, 4], initializer=framework.convolutional_delta_orthogonal(gain=2.0, seed=1))
    tf.get_variable("one", [3, 2, 2], initializer=framework.convolutional_orthogonal_1d(seed=2))
    tf.get_variable("two", [2, 2, 2, 2], initializer=framework.convolutional_orthogonal_2d(seed=3))
    return Run(keep=True, finals=True)


def case_staging(tf, contrib):
    area = contrib.staging.StagingArea([tf.float32, tf.int64], shapes=[[2], []], names=["a", "b"])
    put = area.put({"a": tf.constant([1.0, 2.0]), "b": tf.constant(3, tf.int64)})
    got = area.get()

    def also(session):
        session.run(put)
        return [session.run(area.size()), session.run(got), session.run(area.size()), got["a"].shape.as_list()]

    return Run(also=also)
