"""tf.contrib.nn. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.cases_training import attempt
from tests.compat.harness import Run, numbers, output_and_gradients

X = numbers((4, 3), "nn input", scale=2.0)


def case_alpha_dropout(tf, contrib):
    x = tf.constant(X)
    found = {
        "dropped": contrib.nn.alpha_dropout(x, 0.6, seed=3),
        "rows": contrib.nn.alpha_dropout(x, tf.constant(0.5), noise_shape=[4, 1], seed=4),
    }
    same = contrib.nn.alpha_dropout(x, 1.0) is x
    return Run(found, also=lambda _: [same, attempt(lambda: contrib.nn.alpha_dropout(x, 0.0))])


def case_scaled_softplus(tf, contrib):
    x = tf.get_variable("x", [4, 3])
    alpha, clip = tf.get_variable("alpha", [3]), tf.get_variable("clip", [])
    plain = contrib.nn.scaled_softplus(x * 3.0, tf.abs(alpha) + 0.5)
    clipped = contrib.nn.scaled_softplus(x, 0.3 + tf.abs(alpha), tf.abs(clip))
    return output_and_gradients(tf, tf.concat([plain, clipped], 0))


def case_scaled_softplus_of_very_negative_inputs(tf, contrib):
    x, alpha = tf.constant([-500.0, -20.0, 0.0, 500.0]), tf.constant(0.5)
    y = contrib.nn.scaled_softplus(x, alpha)
    return Run({"y": y, "gradients": tf.gradients(y, [x, alpha])})


def case_flipped_cross_entropies(tf, contrib):
    logits, labels = tf.constant(X), tf.constant(np.eye(3, dtype=np.float32)[[0, 2, 1, 1]])
    nn = contrib.nn
    return Run(
        {
            "softmax": nn.deprecated_flipped_softmax_cross_entropy_with_logits(logits, labels),
            "sparse": nn.deprecated_flipped_sparse_softmax_cross_entropy_with_logits(logits, tf.constant([0, 2, 1, 1])),
            "sigmoid": nn.deprecated_flipped_sigmoid_cross_entropy_with_logits(logits, labels),
            "nth": nn.nth_element(logits, 1),
            "transposed": nn.conv1d_transpose(tf.ones([1, 3, 1]), tf.ones([2, 1, 1]), [1, 6, 1], 2),
        }
    )


def sampled(tf):
    weights, biases = tf.get_variable("weights", [7, 3]), tf.get_variable("biases", [7])
    labels = tf.constant([[0], [6], [3], [3]], tf.int64)
    values = (tf.constant([1, 3, 5, 6], tf.int64), tf.fill([4, 1], 0.4), tf.constant([0.5, 0.3, 0.2, 0.6]))
    return weights, biases, labels, values


def case_sampled_sparse_softmax(tf, contrib):
    weights, biases, labels, values = sampled(tf)
    loss = contrib.nn.sampled_sparse_softmax_loss(weights, biases, labels, tf.constant(X), 4, 7, values)
    return output_and_gradients(tf, loss)


def case_rank_sampled_softmax(tf, contrib):
    weights, biases, labels, values = sampled(tf)

    def loss(resampled=2, sampled_classes=4, strategy="div"):
        return contrib.nn.rank_sampled_softmax_loss(
            weights, biases, labels, tf.constant(X), sampled_classes, resampled, 7, 1, values, 1.5, True, strategy
        )

    run = output_and_gradients(tf, loss())
    refused = [attempt(lambda: loss(resampled=4)), attempt(lambda: loss(sampled_classes=8))]
    refused.append(attempt(lambda: loss(strategy="other")))
    run.also = lambda _: refused
    return run


def case_forward_gradients(tf, contrib):
    module = importlib.import_module(contrib.nn.__name__ + ".python.ops.fwd_gradients")
    x = tf.constant(X)
    y = [tf.reduce_sum(tf.square(x), 1), tf.sin(x)]
    checked = module.fwd_gradients(
        [tf.matmul(x, x, transpose_a=True)], [x], grad_xs=[tf.ones_like(x)], assert_unused=True
    )
    return Run({"along": module.fwd_gradients(y, [x], grad_xs=[tf.constant(X * 0.5)]), "checked": checked})
