"""Small parts of tf.contrib: util, copy_graph, tensorboard, tfprof, testing, hooks. Runs on Python 3.7 as well."""

import importlib
import os
import tempfile
import unittest

import numpy as np

from tests.compat.cases_training import attempt
from tests.compat.harness import Run, numbers


def case_util(tf, contrib):
    util = contrib.util
    x = tf.constant([[1.0, 2.0]], name="x") + 1.0
    proto = util.make_tensor_proto([1, 2, 3], dtype=tf.int32, shape=[3, 1])
    ops = sorted(util.ops_used_by_graph_def(tf.get_default_graph().as_graph_def()))
    stripped = [op.name for op in util.stripped_op_list_for_graph(tf.get_default_graph().as_graph_def()).op]
    known = util.constant_value(tf.stack([tf.constant(3), 4]))
    missing = attempt(lambda: util.loader.load_op_library("no_such_library.so"))
    found = [
        util.make_ndarray(proto),
        ops,
        stripped,
        known,
        util.constant_value(tf.placeholder(tf.int32)) is None,
        missing,
    ]
    return Run({"x": x}, also=lambda _: found)


def case_copied_operations(tf, contrib):
    copy = contrib.copy_graph
    x = tf.placeholder_with_default(numbers((2, 3), "copied"), [2, 3], name="x")
    w = tf.get_variable("w", initializer=numbers((3, 2), "w"))
    with tf.control_dependencies([tf.no_op(name="before")]):
        y = tf.nn.relu(tf.matmul(x, w), name="y")
    tf.add_to_collection("results", y)
    other = tf.Graph()
    variable = copy.copy_variable_to_graph(w, other)
    result = copy.copy_op_to_graph(y, other, [variable])
    scoped_variable = copy.copy_variable_to_graph(w, other, "scope")
    scoped = copy.copy_op_to_graph(y, other, [scoped_variable], scope="scope")
    again = copy.copy_op_to_graph(y, other, [variable]) is result
    refused = [attempt(lambda: copy.copy_variable_to_graph(y, other))]
    refused.append(attempt(lambda: copy.get_copied_op(tf.constant(1, name="not_there"), other)))

    def also(_):
        with other.as_default(), tf.Session(graph=other) as session:
            session.run(tf.global_variables_initializer())
            values = session.run([result, scoped])
        return [
            [v.tolist() for v in values],
            [result.name, scoped.name, variable.name, scoped_variable.name, again],
            sorted(op.name for op in other.get_operations() if "before" in op.name or op.type == "Relu"),
            [[t.name for t in other.get_collection(k)] for k in ("results", "scope/results", "trainable_variables")],
            [v.trainable for v in (variable, scoped_variable)],
            [op.name for op in result.op.control_inputs] + [op.type for op in result.op.inputs[0].op.control_inputs],
            copy.get_copied_op(y, other, "scope").name,
            refused,
        ]

    return Run(also=also)


def case_projector(tf, contrib):
    projector = contrib.tensorboard.plugins.projector
    config = projector.ProjectorConfig()
    embedding = config.embeddings.add()
    embedding.tensor_name = "embedding:0"
    embedding.metadata_path = "labels.tsv"
    embedding.sprite.image_path = "sprite.png"
    embedding.sprite.single_image_dim.extend([28, 28])
    config.model_checkpoint_path = "model.ckpt"
    with tempfile.TemporaryDirectory() as folder:
        writer = tf.summary.FileWriter(folder)
        projector.visualize_embeddings(writer, config)
        writer.close()
        with open(os.path.join(folder, "projector_config.pbtxt")) as file:
            text = file.read()
    back = projector.ProjectorConfig.FromString(config.SerializeToString())
    other = projector.EmbeddingInfo(tensor_path="t.tsv", tensor_shape=[2, 3])
    fields = [f.name for f in projector.DESCRIPTOR.message_types_by_name["ProjectorConfig"].fields]

    class NoFolder(object):
        def get_logdir(self):
            return None

    refused = attempt(lambda: projector.visualize_embeddings(NoFolder(), config))
    wrong = attempt(lambda: setattr(config, "nothing", 1))
    return Run(also=lambda _: [text, back == config, str(other), fields, refused, wrong])


def case_profiles(tf, contrib):
    analyzer = contrib.tfprof.model_analyzer
    x = tf.placeholder_with_default(np.ones((2, 3), np.float32), [2, 3])
    with tf.variable_scope("net"):
        tf.matmul(x, tf.get_variable("w", [3, 4]))
        tf.get_variable("frozen", [5], trainable=False)

    def quietly(options):
        return dict(options, output="none")

    graph = tf.get_default_graph()
    parameters = analyzer.print_model_analysis(
        graph, tfprof_options=quietly(analyzer.TRAINABLE_VARS_PARAMS_STAT_OPTIONS)
    )
    operations = analyzer.print_model_analysis(graph, tfprof_options=quietly(analyzer.FLOAT_OPS_OPTIONS))
    with tempfile.TemporaryDirectory() as folder:
        contrib.tfprof.tfprof_logger.write_op_log(graph, folder)
        log = sorted(os.listdir(folder))
    options = [sorted(map(str, o.items())) for o in (analyzer.FLOAT_OPS_OPTIONS, analyzer.PRINT_ALL_TIMING_MEMORY)]
    return Run(also=lambda _: [parameters.total_parameters, operations.total_float_ops, log, options])


def case_testing(tf, contrib):
    testing = contrib.testing
    with tempfile.TemporaryDirectory() as folder:
        nothing = [testing.latest_event_file(folder), list(testing.latest_events(folder))]
        writer = tf.summary.FileWriter(folder)
        for step in range(3):
            values = [
                tf.Summary.Value(tag="loss", simple_value=0.5 * step),
                tf.Summary.Value(tag="other", simple_value=1.0),
            ]
            writer.add_summary(tf.Summary(value=values), step)
        writer.close()
        summaries = testing.latest_summaries(folder)
        values = testing.simple_values_from_events(testing.latest_events(folder), ["loss", "missing"])
    proto = testing.to_summary_proto(summaries[-1].summary.SerializeToString())
    testing.assert_summary(["loss", "other"], {"loss": 1.0}, proto)
    refused = [attempt(lambda: testing.assert_summary(["loss"], {}, proto))]
    refused.append(attempt(lambda: testing.assert_summary(["loss", "other"], {"loss": 2.0}, proto)))
    return Run(also=lambda _: [nothing, len(summaries), values, refused])


def case_fake_summary_writer(tf, contrib):
    fake = contrib.testing.FakeSummaryWriter
    step = tf.train.get_or_create_global_step()
    value = tf.cast(step, tf.float32) * 2.0
    tf.summary.scalar("value", value)
    merged = tf.summary.merge_all()
    with tf.control_dependencies([value]):
        increment = step.assign_add(1)
    outcomes = [attempt(fake.uninstall)]
    fake.install()
    try:
        outcomes.append(attempt(fake.install))
        tf.summary.FileWriterCache.clear()
        hook = tf.train.SummarySaverHook(save_steps=1, output_dir="nowhere", summary_op=merged)
        with tf.train.MonitoredTrainingSession(hooks=[hook]) as session:
            for _ in range(2):
                session.run(increment)
        writer = tf.summary.FileWriterCache.get("nowhere")
        seen = {k: [v.simple_value for s in found for v in s.value] for k, found in writer.summaries.items()}
        case = unittest.TestCase("__init__")
        expected = {k: {"value": v[0]} for k, v in seen.items()}
        outcomes.append(attempt(lambda: writer.assert_summaries(case, "nowhere", expected_summaries=expected)))
        outcomes.append(attempt(lambda: writer.assert_summaries(case, "elsewhere")))
        outcomes.append(attempt(lambda: writer.add_graph(None, global_step=-1)))
    finally:
        fake.uninstall()
        tf.summary.FileWriterCache.clear()
    return Run(also=lambda _: [sorted(seen.items()), outcomes])


def case_profiler_hook(tf, contrib):
    # tf.contrib does not show it: programs import it
    hooks = importlib.import_module(contrib.rnn.__name__.replace(".rnn", ".hooks"))
    return Run(also=lambda _: hooks.ProfilerHook is tf.train.ProfilerHook)
