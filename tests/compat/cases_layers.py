"""Layers, initializers, regularizers, optimizers and summaries of tf.contrib.layers. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients

VECTORS = numbers((4, 6), "vectors")
IMAGES = numbers((2, 6, 6, 3), "images")
IDS = np.array([[1, 2, 1], [0, 3, 2]])


def case_fully_connected(tf, contrib):
    x = tf.constant(VECTORS)
    h = contrib.layers.fully_connected(x, 5, weights_regularizer=contrib.layers.l2_regularizer(0.1))
    h = contrib.layers.fully_connected(
        h, 4, activation_fn=tf.tanh, normalizer_fn=contrib.layers.layer_norm, scope="second"
    )
    h = contrib.layers.fully_connected(h, 3, activation_fn=None, biases_initializer=None)
    return output_and_gradients(tf, h, fetches={"penalty": tf.get_collection("regularization_losses")})


def case_fully_connected_on_a_sequence(tf, contrib):
    x = tf.constant(numbers((2, 3, 4), "sequence"))
    return output_and_gradients(tf, contrib.layers.linear(contrib.layers.relu(x, 5), 2))


def case_shared_weights(tf, contrib):
    x = tf.constant(VECTORS)
    with tf.variable_scope("net"):
        a = contrib.layers.fully_connected(x, 6, scope="fc")
        b = contrib.layers.fully_connected(a, 6, scope="fc", reuse=True)
    return output_and_gradients(tf, b)


def case_stack_and_repeat(tf, contrib):
    x = tf.constant(VECTORS)
    h = contrib.layers.stack(x, contrib.layers.fully_connected, [5, 4], scope="fc")
    h = contrib.layers.repeat(h, 2, contrib.layers.fully_connected, 4, scope="again")
    return output_and_gradients(tf, h)


def case_conv2d_and_pools(tf, contrib):
    x = tf.constant(IMAGES)
    h = contrib.layers.conv2d(x, 4, [3, 3], weights_regularizer=contrib.layers.l1_regularizer(0.01))
    h = contrib.layers.max_pool2d(h, [2, 2])
    h = contrib.layers.convolution2d(h, 3, 2, stride=1, padding="VALID", rate=1, scope="named", activation_fn=None)
    h = contrib.layers.avg_pool2d(h, 2, stride=1)
    h = contrib.layers.flatten(h)
    return output_and_gradients(tf, h, fetches={"penalty": tf.get_collection("regularization_losses")})


def case_other_convolutions(tf, contrib):
    x = tf.constant(IMAGES)
    h = contrib.layers.separable_conv2d(x, 4, 3, 2, stride=2)
    h = contrib.layers.conv2d_transpose(h, 3, 3, stride=2)
    h = contrib.layers.conv2d_in_plane(h, 2)
    h = contrib.layers.conv2d(h, 3, 3, rate=2, normalizer_fn=contrib.layers.batch_norm)
    return output_and_gradients(tf, h)


def case_convolution1d_and_3d(tf, contrib):
    a = contrib.layers.conv1d(tf.constant(numbers((2, 7, 3), "1d")), 2, 3)
    b = contrib.layers.conv3d(tf.constant(numbers((1, 4, 4, 4, 2), "3d")), 2, 2, stride=2)
    b = contrib.layers.max_pool3d(b, 2)
    return output_and_gradients(tf, tf.concat([tf.reshape(a, [-1]), tf.reshape(b, [-1])], 0))


def case_dropout(tf, contrib):
    x = tf.ones([6, 8])
    train = contrib.layers.dropout(x, keep_prob=0.6, seed=3)
    infer = contrib.layers.dropout(x, is_training=False)
    switched = contrib.layers.dropout(x, 0.25, is_training=tf.placeholder_with_default(True, []), seed=9)
    return Run({"train": train, "infer": infer, "switched": switched})


def case_small_functions(tf, contrib):
    x = tf.constant(VECTORS)
    maps = tf.constant(IMAGES)
    return Run(
        {
            "one_hot": contrib.layers.one_hot_encoding(tf.constant([0, 2, 1]), 3),
            "one_hot_values": contrib.layers.one_hot_encoding(tf.constant([0, 1]), 2, on_value=5.0, off_value=-1.0),
            "maxout": contrib.layers.maxout(x, 3),
            "unit_norm": contrib.layers.unit_norm(x, 1),
            "softmax": contrib.layers.softmax(x),
            "spatial_softmax": contrib.layers.spatial_softmax(maps),
            "to_sequence": contrib.layers.images_to_sequence(maps),
            "to_images": contrib.layers.sequence_to_images(tf.constant(numbers((6, 4, 2), "s")), 2),
            "scaled": tf.gradients(contrib.layers.scale_gradient(x, 0.5) * 3.0, x),
            "sparse": contrib.layers.dense_to_sparse(tf.constant([[0, 3], [4, 0]])),
            "bias_add": contrib.layers.bias_add(x, activation_fn=tf.nn.relu),
            "elu": contrib.layers.fully_connected(x, 2, activation_fn=tf.nn.elu),
        }
    )


def case_embed_sequence(tf, contrib):
    ids = tf.constant(IDS)
    a = contrib.layers.embed_sequence(ids, 5, 3, scope="words")
    b = contrib.layers.embed_sequence(ids, scope="words", reuse=True, unique=True, vocab_size=5, embed_dim=3)
    c = contrib.layers.embed_sequence(ids, vocab_size=4, embed_dim=3)
    return output_and_gradients(tf, tf.concat([a, b, c], 2))


def case_bow_encoder(tf, contrib):
    ids = tf.constant(IDS)
    a = contrib.layers.bow_encoder(ids, 5, 3)
    b = contrib.layers.bow_encoder(ids, 5, 3, sparse_lookup=False, scope="dense")
    return output_and_gradients(tf, tf.concat([a, b], 1))


def case_embedding_lookups(tf, contrib):
    table = tf.get_variable("table", [5, 3])
    sparse = tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1, 3, -1], [3, 2])
    weights = tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [1.0, 2.0, 3.0], [3, 2])
    lookup = contrib.layers.safe_embedding_lookup_sparse
    found = {
        "mean": lookup([table], sparse),
        "sum": lookup([table], sparse, weights, combiner="sum", default_id=4),
        "unique": contrib.layers.embedding_lookup_unique(table, tf.constant([[1, 1], [0, 1]])),
    }
    return output_and_gradients(tf, tf.concat([tf.reshape(t, [-1, 3]) for t in found.values()], 0), fetches=found)


def case_initializers(tf, contrib):
    make = {
        "xavier": contrib.layers.xavier_initializer(seed=1),
        "xavier_normal": contrib.layers.xavier_initializer(uniform=False, seed=2),
        "xavier_conv": contrib.layers.xavier_initializer_conv2d(seed=3),
        "scaling": contrib.layers.variance_scaling_initializer(seed=4),
        "scaling_avg": contrib.layers.variance_scaling_initializer(factor=1.0, mode="FAN_AVG", uniform=True, seed=5),
        "scaling_out": contrib.layers.variance_scaling_initializer(mode="FAN_OUT", seed=6),
    }
    for name, initializer in sorted(make.items()):
        tf.get_variable(name, [3, 3, 2, 4], initializer=initializer)
        tf.get_variable(name + "_2d", [4, 3], initializer=initializer)
    return Run(keep=True, finals=True)


def case_regularizers(tf, contrib):
    with tf.variable_scope("a", regularizer=contrib.layers.l2_regularizer(0.5)):
        w = tf.get_variable("w", [3, 2])
    v = tf.get_variable("v", [4])
    tf.add_to_collection("weights", w)
    tf.add_to_collection("weights", v)
    both = contrib.layers.sum_regularizer([contrib.layers.l1_regularizer(0.1), contrib.layers.l2_regularizer(0.2)])
    return Run(
        {
            "l1": contrib.layers.l1_regularizer(0.3)(v),
            "l1_l2": contrib.layers.l1_l2_regularizer(0.3, 0.7)(w),
            "both": both(w),
            "applied": contrib.layers.apply_regularization(contrib.layers.l2_regularizer(0.25), [w, v]),
            "collected": contrib.layers.apply_regularization(contrib.layers.l1_regularizer(0.25)),
            "scope": tf.get_collection("regularization_losses"),
            "none": float(contrib.layers.l2_regularizer(0.0)(w) is None) * tf.ones([]),
        }
    )


def _loss(tf):
    w = tf.get_variable("w", [6, 2])
    b = tf.get_variable("b", [2])
    return tf.reduce_mean(tf.square(tf.matmul(tf.constant(VECTORS), w) + b - 1.0))


def _decay(tf):
    return lambda rate, step: tf.train.exponential_decay(rate, step, 1, 0.5)


def case_optimize_loss(tf, contrib):
    step = tf.train.get_or_create_global_step()
    train = contrib.layers.optimize_loss(
        _loss(tf),
        step,
        0.5,
        "Adam",
        clip_gradients=0.4,
        learning_rate_decay_fn=_decay(tf),
        summaries=["loss", "learning_rate", "gradients"],
        gradient_multipliers={"b": 2.0},
    )
    return Run({"train": train}, steps=3, finals=True, summaries=True)


def case_optimize_loss_with_an_optimizer(tf, contrib):
    step = tf.train.get_or_create_global_step()
    train = contrib.layers.optimize_loss(
        _loss(tf),
        step,
        learning_rate=None,
        optimizer=tf.train.MomentumOptimizer(0.1, 0.9),
        name="Train",
        increment_global_step=False,
    )
    return Run({"train": train, "step": step}, steps=3, finals=True, summaries=True)


def case_adaptive_clipping(tf, contrib):
    step = tf.train.get_or_create_global_step()
    optimizers = importlib.import_module(contrib.layers.__name__ + ".python.layers.optimizers")
    clip = optimizers.adaptive_clipping_fn(decay=0.9)
    train = contrib.layers.optimize_loss(_loss(tf), step, 0.1, "SGD", clip_gradients=clip)
    return Run({"train": train}, steps=3)


def case_summaries(tf, contrib):
    x = tf.constant(VECTORS)
    h = contrib.layers.fully_connected(x, 3)
    merged = [
        contrib.layers.summarize_activation(h),
        contrib.layers.summarize_tensor(tf.reduce_sum(h), tag="total"),
    ]
    contrib.layers.summarize_tensors([h])
    contrib.layers.summarize_collection("trainable_variables")
    contrib.layers.summarize_activations()
    return Run({"scalar": merged[1]}, summaries=True)
