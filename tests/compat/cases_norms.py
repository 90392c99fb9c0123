"""Normalization: batch_norm in all its paths, and the others. Runs on Python 3.7 as well."""

from tests.compat.harness import Run, numbers, output_and_gradients

IMAGES = numbers((3, 4, 4, 2), "norm images", 2.0) + 1.0
VECTORS = numbers((6, 3), "norm vectors", 2.0) - 0.5


def trained(tf, output, feed=None, **more):
    """Two steps with the update operations, then the values of the variables."""
    return output_and_gradients(
        tf, output, feed, fetches={"updates": tf.group(*tf.get_collection("update_ops"))}, steps=2, finals=True, **more
    )


def case_batch_norm(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES)))


def case_batch_norm_options(tf, contrib):
    h = contrib.layers.batch_norm(
        tf.constant(IMAGES), decay=0.9, scale=True, epsilon=1e-5, activation_fn=tf.nn.relu, scope="bn"
    )
    return trained(tf, h)


def case_batch_norm_without_fusing(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES), fused=False, scale=True))


def case_batch_norm_updates_in_place(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES), updates_collections=None, decay=0.8))


def case_batch_norm_of_vectors(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(VECTORS), decay=0.7, scale=True))


def case_batch_norm_of_sequences(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(numbers((2, 5, 3), "norm sequence")), decay=0.7))


def case_batch_norm_in_inference(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES), is_training=False))


def case_batch_norm_switched_by_a_placeholder(tf, contrib):
    training = tf.placeholder(tf.bool, [])
    a = contrib.layers.batch_norm(tf.constant(IMAGES), is_training=training, decay=0.9)
    b = contrib.layers.batch_norm(tf.constant(IMAGES), is_training=training, decay=0.9, updates_collections=None)
    run = trained(tf, a + b, {training: True})
    run.also = lambda session: session.run(a + b, {training: False})
    return run


def case_batch_norm_with_weights(tf, contrib):
    weights = tf.constant([1.0, 0.0, 2.0])
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES), batch_weights=weights, decay=0.9))


def case_batch_norm_without_bias_of_zero(tf, contrib):
    return trained(tf, contrib.layers.batch_norm(tf.constant(IMAGES), zero_debias_moving_mean=True, decay=0.9))


def case_batch_renorm(tf, contrib):
    h = contrib.layers.batch_norm(
        tf.constant(IMAGES), renorm=True, renorm_clipping={"rmax": 2.0, "rmin": 0.5, "dmax": 1.0}, decay=0.9
    )
    return trained(tf, h)


def case_batch_norm_shared(tf, contrib):
    with tf.variable_scope("net"):
        a = contrib.layers.batch_norm(tf.constant(IMAGES), scope="bn", is_training=True)
    with tf.variable_scope("net", reuse=True):
        b = contrib.layers.batch_norm(tf.constant(IMAGES), scope="bn", is_training=False)
    return output_and_gradients(tf, a + b)


def case_batch_norm_initial_values_and_penalties(tf, contrib):
    h = contrib.layers.batch_norm(
        tf.constant(IMAGES),
        scale=True,
        param_initializers={"gamma": tf.constant_initializer(2.0), "moving_mean": tf.constant_initializer(0.5)},
        param_regularizers={"beta": contrib.layers.l2_regularizer(0.1)},
        variables_collections=["mine"],
        outputs_collections="outputs",
    )
    found = {
        "penalty": tf.get_collection("regularization_losses"),
        "outputs": tf.get_collection("outputs"),
        "output": h,
    }
    return Run(found, keep=True, finals=True, also=lambda _: [v.op.name for v in tf.get_collection("mine")])


def case_layer_norm(tf, contrib):
    a = contrib.layers.layer_norm(tf.constant(IMAGES))
    b = contrib.layers.layer_norm(
        tf.constant(IMAGES), begin_norm_axis=-1, center=False, scope="last", activation_fn=tf.nn.relu
    )
    return output_and_gradients(tf, a + b)


def case_instance_and_group_norm(tf, contrib):
    a = contrib.layers.instance_norm(tf.constant(IMAGES))
    b = contrib.layers.group_norm(tf.constant(IMAGES), groups=2, scope="groups")
    return output_and_gradients(tf, a + b)
