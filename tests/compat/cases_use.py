"""Names of tf.contrib that programs use and no other case does (see test_contrib_use.py). Runs on Python 3.7 as well."""

import importlib.util
import os

import numpy as np
from tensorflow.python.framework import ops

from tests.compat.harness import Run, numbers, output_and_gradients

IMAGES = numbers((2, 6, 6, 3), "images")


def case_initializers_of_slim(tf, contrib):
    slim = contrib.slim
    makers = (slim.xavier_initializer, slim.initializers.xavier_initializer, slim.xavier_initializer_conv2d)
    values = [make(seed=3)([4, 5]) for make in makers] + [make(uniform=False, seed=3)([3, 3, 2, 4]) for make in makers]
    return Run({"values": values})


def case_pools_of_slim(tf, contrib):
    slim = contrib.slim
    x = slim.conv2d(tf.constant(IMAGES), 3, [3, 3], scope="conv", weights_initializer=slim.xavier_initializer())
    x = slim.avg_pool2d(x, [2, 2], scope="average", padding="SAME")
    return output_and_gradients(tf, slim.max_pool2d(x, 2, 1), also=lambda _: x.op.name)


def case_core_functions_that_stand_in_for_calls(tf, contrib):
    """What the migrator puts in place of simple calls (the table contrib_homes.json) gives the same values."""
    layers, framework = contrib.layers, contrib.framework
    x = tf.constant(IMAGES)
    fetches = {"flat": [layers.flatten(x), tf.layers.flatten(x)]}
    for key, shape in (("matrix", [4, 5]), ("filter", [3, 3, 2, 4])):
        makers = (layers.xavier_initializer(seed=3), tf.glorot_uniform_initializer(seed=3))
        fetches[key] = [make(shape) for make in makers]
    created = framework.create_global_step()
    steps = [
        framework.get_or_create_global_step() is created is tf.train.get_or_create_global_step(),
        framework.get_global_step() is created is tf.train.get_global_step(),
    ]
    shapes = [[t.get_shape().as_list() for t in pair] for _, pair in sorted(fetches.items())]

    def also(session):
        pairs = [session.run(pair) for _, pair in sorted(fetches.items())]
        return [shapes, [bool((a == b).all()) for a, b in pairs], steps]

    return Run(fetches, also=also)


def case_network_of_the_tutorials(tf, contrib):
    # the wheel of 1.15.5 lacks the module, which earlier ones had: our own file runs on both versions
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "tf2kit", "compat")
    spec = importlib.util.spec_from_file_location("mnist", os.path.join(folder, "examples/tutorials/mnist/mnist.py"))
    mnist = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(mnist)
    tf.set_random_seed(1)
    labels = tf.constant([3, 0, 9])
    logits = mnist.inference(tf.constant(np.abs(numbers((3, mnist.IMAGE_PIXELS), "images"))), 5, 4)
    loss = mnist.loss(logits, labels)
    train = mnist.training(loss, 0.1)
    fetches = {"logits": logits, "loss": loss, "right": mnist.evaluation(logits, labels)}
    names = [fetches["logits"].op.name, loss.op.name, train.name]

    def also(session):
        found = session.run(fetches)
        session.run(train)
        return [names, found, session.run([loss, tf.global_variables()[-1]])]

    return Run(also=also, summaries=True)


def case_state_of_attention(tf, contrib):
    seq2seq = contrib.seq2seq
    cell = seq2seq.AttentionWrapper(
        contrib.rnn.GRUCell(3), seq2seq.LuongAttention(3, tf.constant(numbers((2, 4, 3), "memory")))
    )
    state = cell.zero_state(2, tf.float32)
    found = [isinstance(state, seq2seq.AttentionWrapperState), list(state._fields)]
    fixed = state.clone(cell_state=tf.ones([2, 3]))
    errors = []
    for wrong in (tf.ones([2, 4]), tf.ones([3, 3])):
        try:
            state.clone(cell_state=wrong)
        except ValueError:
            errors.append("refused")
    _, new = cell(tf.ones([2, 1]), fixed)
    return Run({"fixed": fixed.cell_state, "new": [new.time, new.attention]}, also=lambda _: [found, errors])


def case_resolver_of_a_tpu_by_address(tf, contrib):
    resolver = contrib.cluster_resolver.TPUClusterResolver(tpu="grpc://10.1.2.3:8470")
    return Run(also=lambda _: [resolver.master(), resolver.get_master(), resolver.cluster_spec().as_dict()])


def case_eager_execution_can_be_enabled(tf, contrib):
    enable = contrib.eager.enable_eager_execution
    before = tf.executing_eagerly()
    graphs = ops._default_graph_stack
    # as at the start of a program, whatever other cases have done
    used, graphs._global_default_graph = graphs._global_default_graph, None
    enable()
    try:
        with tf.init_scope():
            inside = [tf.executing_eagerly(), float(tf.constant(2.0) * 3.0)]
    finally:
        tf.disable_eager_execution()
        graphs._global_default_graph = used
    return Run(also=lambda _: [before, inside, enable is tf.enable_eager_execution])
