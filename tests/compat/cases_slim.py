"""tf.contrib.slim: models under argument scopes, losses, training and evaluation. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients

IMAGES = numbers((2, 8, 8, 3), "slim images")
LABELS = np.array([1, 0])


def network(tf, slim, is_training):
    scope = slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        normalizer_fn=slim.batch_norm,
        normalizer_params={"is_training": is_training, "decay": 0.9},
        weights_regularizer=slim.l2_regularizer(0.01),
    )
    with scope, slim.arg_scope([slim.conv2d], padding="VALID"):
        h = slim.repeat(tf.constant(IMAGES), 2, slim.conv2d, 4, [3, 3], scope="conv1")
        h = slim.max_pool2d(h, [2, 2], scope="pool1")
        h = slim.flatten(h, scope="flat")
        h = slim.stack(h, slim.fully_connected, [5, 4], scope="fc")
        h = slim.dropout(h, 0.5, is_training=False)
        return slim.fully_connected(h, 2, activation_fn=None, normalizer_fn=None, scope="logits")


def case_model_under_scopes(tf, contrib):
    slim = contrib.slim
    h = network(tf, slim, True)
    names = {
        "model": [v.op.name for v in slim.get_model_variables()],
        "suffix": [v.op.name for v in slim.get_variables_by_suffix("weights")],
        "by_name": [v.op.name for v in slim.get_variables_by_name("biases")],
        "scope": [v.op.name for v in slim.get_variables("conv1")],
        "trainable": [v.op.name for v in slim.get_trainable_variables()],
        "restore": [v.op.name for v in slim.get_variables_to_restore(exclude=["logits"])],
    }
    return output_and_gradients(tf, h, also=lambda _: names)


def case_training(tf, contrib):
    slim = contrib.slim
    logits = network(tf, slim, True)
    loss = tf.losses.sparse_softmax_cross_entropy(LABELS, logits)
    total = tf.losses.get_total_loss()
    train = slim.learning.create_train_op(
        # Adam would turn the rounding noise of small gradients into steps
        total,
        tf.train.MomentumOptimizer(0.05, 0.9),
        clip_gradient_norm=1.0,
        summarize_gradients=True,
    )
    return Run({"loss": loss, "train": train}, steps=3, finals=True, summaries=True)


def case_training_loop(tf, contrib):
    slim = contrib.slim
    with tf.Graph().as_default():
        w = slim.model_variable("w", shape=[3], initializer=tf.constant_initializer(2.0))
        train = slim.learning.create_train_op(tf.reduce_sum(tf.square(w - 1.0)), tf.train.GradientDescentOptimizer(0.1))
        last = slim.learning.train(train, None, number_of_steps=4, log_every_n_steps=100)
    return Run(also=lambda _: float(last))


def case_gradient_multipliers(tf, contrib):
    slim = contrib.slim
    w, v = slim.variable("w", shape=[3]), slim.variable("v", shape=[3])
    loss = tf.reduce_sum(tf.exp(w) + tf.exp(v))
    train = slim.learning.create_train_op(
        loss, tf.train.GradientDescentOptimizer(0.1), gradient_multipliers={"w": 0.5}, global_step=None
    )
    return Run({"train": train}, steps=2, finals=True)


def case_losses(tf, contrib):
    losses = contrib.slim.losses
    a, b = tf.constant(numbers((3, 4), "a")), tf.constant(numbers((3, 4), "b"))
    one_hot = tf.one_hot([0, 3, 1], 4)
    found = {
        "absolute": losses.absolute_difference(a, b),
        "squared": losses.mean_squared_error(a, b, weights=2.0),
        "softmax": losses.softmax_cross_entropy(a, one_hot, label_smoothing=0.1),
        "sparse": losses.sparse_softmax_cross_entropy(a, tf.constant([0, 3, 1])),
        "sigmoid": losses.sigmoid_cross_entropy(a, one_hot),
        "log": losses.log_loss(tf.sigmoid(a), one_hot),
        "hinge": losses.hinge_loss(a, one_hot),
        "cosine": losses.cosine_distance(tf.nn.l2_normalize(a, 1), tf.nn.l2_normalize(b, 1), axis=1),
        "pairwise": losses.mean_pairwise_squared_error(a, b, weights=tf.constant([1.0, 0.0, 1.0])),
        "weighted": contrib.losses.compute_weighted_loss(a, tf.constant([[1.0], [2.0], [0.0]])),
    }
    losses.add_loss(tf.constant(1.5))
    found["total"] = losses.get_total_loss()
    found["count"] = tf.constant(len(contrib.losses.get_losses()))
    found["triplet"] = contrib.losses.metric_learning.triplet_semihard_loss(tf.constant([0, 1, 0]), a)
    return Run(found)


def case_variables(tf, contrib):
    slim = contrib.slim
    slim.model_variable("weights", shape=[2, 3], regularizer=slim.l2_regularizer(0.1), collections=["mine"])
    slim.variable("plain", shape=[2], trainable=False, initializer=tf.zeros_initializer())
    local = slim.local_variable(tf.constant(3.0), name="counter")
    glob = slim.global_variable(tf.constant(4.0), name="everywhere")
    return Run({"local": local, "global": glob, "unique": slim.get_unique_variable("weights")})


def case_analysis(tf, contrib):
    slim = contrib.slim
    network(tf, slim, False)
    return Run(also=lambda _: list(slim.model_analyzer.analyze_vars(slim.get_model_variables(), print_info=False)))


def case_summaries_and_metrics(tf, contrib):
    slim = contrib.slim
    names, updates = slim.metrics.aggregate_metric_map(
        {
            "accuracy": slim.metrics.streaming_accuracy(tf.constant([1, 0, 1]), tf.constant([1, 1, 1])),
            "mean": slim.metrics.streaming_mean(tf.constant([2.0, 4.0])),
        }
    )
    slim.summaries.add_scalar_summary(tf.constant(1.0), "one", prefix="p")
    slim.summaries.add_histogram_summaries([tf.constant([1.0, 2.0], name="h")])
    return Run({"updates": updates}, also=lambda session: session.run(names), summaries=True)


def case_argument_scopes(tf, contrib):
    slim = contrib.slim

    @slim.add_arg_scope
    def layer(x, a=1, b=2):
        return (x, a, b)

    with slim.arg_scope([layer], a=5) as scope:
        first = layer(0)
        with slim.arg_scope([layer], b=7):
            second = layer(1, a=0)
    with slim.arg_scope(scope):
        third = layer(2)
    return Run(also=lambda _: [first, second, third, slim.has_arg_scope(layer), list(slim.arg_scoped_arguments(layer))])


def case_residual_networks(tf, contrib):
    nets = contrib.slim.__name__ + ".python.slim.nets."
    v1, v2, utils = (importlib.import_module(nets + name) for name in ("resnet_v1", "resnet_v2", "resnet_utils"))
    x = tf.constant(numbers((1, 32, 32, 3), "resnet"))
    outputs = []
    for module, scope in ((v1, "first"), (v2, "second")):
        block = utils.Block(
            "block1", module.bottleneck, [{"depth": 8, "depth_bottleneck": 2, "stride": s} for s in (1, 2)]
        )
        with contrib.slim.arg_scope(utils.resnet_arg_scope(weight_decay=0.01)):
            logits, _ = (
                module.resnet_v1(x, [block], 3, scope=scope)
                if module is v1
                else module.resnet_v2(x, [block], 3, scope=scope)
            )
        outputs.append(tf.reshape(logits, [3]))
    return Run({"outputs": outputs, "penalty": tf.get_collection("regularization_losses")})


def case_inception(tf, contrib):
    inception = importlib.import_module(contrib.slim.__name__ + ".python.slim.nets.inception_v2")
    x = tf.constant(numbers((1, 64, 64, 3), "inception"))
    net, points = inception.inception_v2_base(x, final_endpoint="Mixed_3c", min_depth=2, depth_multiplier=0.05)
    return Run({"net": tf.reduce_mean(net, [1, 2])}, also=lambda _: sorted(points))
