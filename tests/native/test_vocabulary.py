"""How calls of layers, optimizers, losses and metrics read once they are written for TensorFlow 2, and what is refused."""

from __future__ import annotations

import ast

import pytest
from tf2kit.migrate.native import calls, crf, exact, recurrent
from tf2kit.migrate.native.refusal import Refusal
from tf2kit.migrate.native.unfold import unfold, with_defaults
from tf2kit.migrate.native.vocabulary import initializers, layers, losses, metrics, optimizers

ROWS = {**initializers.ROWS, **layers.ROWS, **losses.ROWS, **metrics.ROWS, **optimizers.ROWS}


def parsed(expression):
    return ast.parse(expression, mode="eval").body


def spell(name):
    return name


def text(node):
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ROWS:
        return written(ast.unparse(node))
    return ast.unparse(node)


def written(expression):
    """The new source; a layer, schedule or metric is followed by its call."""
    node = parsed(expression)
    row = ROWS[ast.unparse(node.func)]
    if row.kind in ("layer", "schedule"):
        return "".join(calls.rewrite_layer(node, row, text, spell))
    if row.kind == "metric":
        return ".update_state".join(metrics.rewrite(node, row, text, spell))
    if isinstance(row, losses.LossRow):
        return losses.rewrite(node, row, text, spell)
    return calls.rewrite(node, row, text, spell)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tf.layers.dense(x, 10, tf.nn.relu)", "tf.keras.layers.Dense(10, tf.nn.relu)(x)"),
        (
            "tf.layers.dense(inputs=x, units=n, name='out', reuse=tf.AUTO_REUSE)",
            "tf.keras.layers.Dense(units=n, name='out')(x)",
        ),
        (
            "tf.layers.conv2d(x, 32, 5, padding='same', kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1))",
            "tf.keras.layers.Conv2D(32, 5, padding='same', kernel_regularizer=tf.keras.regularizers.L2(0.5 * 0.1))(x)",
        ),
        ("tf.layers.max_pooling2d(x, 2, 2)", "tf.keras.layers.MaxPooling2D(2, 2)(x)"),
        ("tf.layers.dropout(x, rate=0.4, training=t)", "tf.keras.layers.Dropout(rate=0.4)(x, training=t)"),
        ("tf.layers.batch_normalization(x, training=t)", "BatchNormalization()(x, training=t)"),
        (
            "tf.layers.batch_normalization(x, fused=False)",
            "tf.keras.layers.BatchNormalization()(x)",
        ),
        (
            "tf.contrib.layers.fully_connected(x, 10)",
            'tf.keras.layers.Dense(10, activation="relu")(x)',
        ),
        (
            "tf.contrib.slim.fully_connected(x, 10, activation_fn=None, scope='fc')",
            "tf.keras.layers.Dense(10, name='fc')(x)",
        ),
        (
            "tf.contrib.slim.conv2d(x, 32, [3, 3], biases_initializer=None)",
            'tf.keras.layers.Conv2D(32, [3, 3], use_bias=False, padding="same", activation="relu")(x)',
        ),
        ("tf.contrib.slim.dropout(x, keep)", "tf.keras.layers.Dropout(1 - keep)(x, training=True)"),
        ("tf.train.AdamOptimizer(1e-3)", "tf.keras.optimizers.Adam(0.001, epsilon=1e-8)"),
        ("tf.train.GradientDescentOptimizer(learning_rate=1)", "tf.keras.optimizers.SGD(learning_rate=1.0)"),
        ("tf.train.RMSPropOptimizer(rate, decay=0.5)", "RMSProp(rate, rho=0.5, epsilon=1e-10)"),
        (
            "tf.train.exponential_decay(0.1, step, 100, 0.9, staircase=True)",
            "tf.keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9, staircase=True)(step)",
        ),
        ("tf.losses.mean_squared_error(y, out)", "tf.keras.losses.MeanSquaredError()(y, out)"),
        (
            "tf.losses.sparse_softmax_cross_entropy(logits=out, labels=y)",
            "tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, out)",
        ),
        ("tf.losses.huber_loss(y, out, weights=0.5)", "0.5 * tf.keras.losses.Huber()(y, out)"),
        (
            "tf.losses.sparse_softmax_cross_entropy(y, out, mask)",
            "weighted_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=out), mask)",
        ),
        (
            "tf.metrics.accuracy(y, predicted, name='acc')",
            "tf.keras.metrics.Accuracy(name='acc').update_state(y, predicted)",
        ),
        (
            "tf.metrics.mean_squared_error(y, out + 1)",
            "tf.keras.metrics.MeanSquaredError().update_state(y[..., None], (out + 1)[..., None])",
        ),
        ("tf.metrics.mean(loss, weights=w)", "tf.keras.metrics.Mean().update_state(loss, sample_weight=w)"),
        ("tf.truncated_normal_initializer(stddev=0.1)", "tf.keras.initializers.TruncatedNormal(stddev=0.1)"),
        ("tf.contrib.layers.xavier_initializer()", "tf.keras.initializers.GlorotUniform()"),
        (
            "tf.contrib.layers.variance_scaling_initializer()",
            "tf.keras.initializers.VarianceScaling(2.01172739)",
        ),
    ],
)
def test_a_call_reads_as_a_person_would_write_it(old, new):
    assert written(old) == new


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("tf.layers.dense(x, 1, activity_regularizer=f)", "looks at outputs"),
        ("tf.layers.batch_normalization(x, renorm=True)", "renormalization"),
        ("tf.layers.batch_normalization(x, trainable=False)", "not trainable"),
        ("tf.contrib.slim.conv2d(x, 1, 1, normalizer_fn=f)", "unfolded"),
        ("tf.contrib.slim.conv2d(x, 1, 1, data_format='NCHW')", "channels come first"),
        ("tf.contrib.layers.layer_norm(x)", "all axes but the first"),
        ("tf.contrib.layers.xavier_initializer(flag)", "not a literal"),
        ("tf.zeros_initializer(tf.float64)", "another type"),
        ("tf.losses.huber_loss(y, x, w)", "no counterpart"),
        ("tf.losses.mean_squared_error(y, x, reduction=how)", "not a literal"),
        ("tf.contrib.losses.mean_squared_error(x, y, w)", "sums over examples"),
        ("tf.metrics.auc(y, p, curve='PR')", "other sums"),
        ("tf.metrics.mean_squared_error(y, p, w)", "belong to elements"),
        ("tf.metrics.mean(x, updates_collections='u')", "collection"),
    ],
)
def test_what_would_compute_something_else_is_refused(expression, reason):
    with pytest.raises(Refusal, match=reason):
        written(expression)


def tf_name(node):
    name = ast.unparse(node)
    return name.replace("slim.", "tf.contrib.slim.") if name.startswith(("tf.", "slim.")) else None


def unfolded(expression, **values):
    node = parsed(expression)
    name = tf_name(node.func)
    found = unfold(node, name, ROWS[name], tf_name, lambda n: values.get(ast.unparse(n), n))
    return found and ast.unparse(found.call)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("slim.conv2d(x, 8, 3)", None),
        (
            "slim.conv2d(x, 8, 3, 2, normalizer_fn=slim.batch_norm)",
            "activation(slim.batch_norm(slim.conv2d(x, 8, 3, 2, activation_fn=None, biases_initializer=None)))",
        ),
        (
            "slim.fully_connected(x, 8, tf.nn.elu, slim.batch_norm, {'is_training': t}, scope='a')",
            "tf.nn.elu(slim.batch_norm(slim.fully_connected(x, 8, scope='a', activation_fn=None, biases_initializer=None),"
            " is_training=t, scope='a_batch_norm'))",
        ),
        (
            "slim.fully_connected(x, 8, activation_fn=None, normalizer_fn=slim.layer_norm)",
            "slim.layer_norm(slim.fully_connected(x, 8, activation_fn=None, biases_initializer=None))",
        ),
        ("slim.batch_norm(x, activation_fn=tf.nn.relu)", "tf.nn.relu(slim.batch_norm(x))"),
    ],
)
def test_a_normalizer_is_a_layer_of_its_own(old, new):
    assert unfolded(old) == new


def test_the_activation_that_contrib_applies_by_default_is_named():
    node = parsed("slim.conv2d(x, 8, 3, normalizer_fn=slim.batch_norm)")
    found = unfold(node, "tf.contrib.slim.conv2d", ROWS["tf.contrib.slim.conv2d"], tf_name)
    assert found.names == {found.call.func: "tf.nn.relu"}


def test_parameters_of_a_normalizer_may_lie_in_a_name():
    expression = "slim.conv2d(x, 8, 3, activation_fn=None, normalizer_fn=slim.batch_norm, normalizer_params=p)"
    assert unfolded(expression, p=parsed("{'decay': 0.9}")).endswith("decay=0.9)")
    with pytest.raises(Refusal, match="literal keys"):
        unfolded(expression)


def test_a_scope_of_arguments_gives_what_the_call_does_not_say():
    node = parsed("slim.conv2d(x, 8, 3, padding='SAME')")
    defaults = {"padding": parsed("'VALID'"), "stride": parsed("2"), "num_outputs": parsed("4")}
    assert ast.unparse(with_defaults(node, ROWS["tf.contrib.slim.conv2d"], defaults)) == (
        "slim.conv2d(x, 8, 3, padding='SAME', stride=2)"
    )


def test_the_classes_that_rows_name_are_there():
    named = {r.new for r in ROWS.values() if r.new and not r.new.startswith("tf.")}
    named |= {"weighted_mean", "Momentum", "SparseTensorValue", "sparse_value", "to_pixels"}
    assert named == set(exact.SOURCES) - set(recurrent.SOURCES) - set(crf.SOURCES)


@pytest.mark.parametrize("name", exact.SOURCES)
def test_an_exact_class_is_short_documented_and_needs_tensorflow_only(name):
    tree = ast.parse(exact.SOURCES[name])
    assert len(exact.SOURCES[name].strip().splitlines()) <= 30
    assert ast.get_docstring(tree.body[0])
    assert name in exact.needed(f"y = {name}(x)")
    assert exact.needed(f"y = my.{name}(x) + tf.{name}(x)") == []


def test_losses_join_the_collection_unless_told_otherwise():
    row = ROWS["tf.losses.mean_squared_error"]
    assert losses.collected(parsed("f(y, x)"), row)
    assert not losses.collected(parsed("f(y, x, loss_collection=None)"), row)
    with pytest.raises(Refusal, match="program's own"):
        losses.collected(parsed("f(y, x, loss_collection='mine')"), row)


def test_labels_that_depend_on_variables_are_stopped_where_they_were():
    node = parsed("tf.losses.softmax_cross_entropy(y, x)")
    row = ROWS["tf.losses.softmax_cross_entropy"]
    found = losses.rewrite(node, row, text, spell, lambda _: False)
    assert found.endswith("(tf.stop_gradient(y), x)")


def test_momentum_with_a_changing_rate_is_the_exact_class():
    assert optimizers.varying("tf.train.MomentumOptimizer").new == "Momentum"
    assert optimizers.varying("tf.train.AdamOptimizer") is ROWS["tf.train.AdamOptimizer"]
    assert optimizers.varying("tf.train.Optimizer") is None


def test_the_class_of_batch_normalization_may_decline_the_fused_kernel_too():
    assert written("tf.layers.BatchNormalization(fused=False)").startswith("tf.keras.layers.BatchNormalization(")
    assert written("tf.layers.BatchNormalization(momentum=0.9)").startswith("BatchNormalization(momentum=0.9)")
