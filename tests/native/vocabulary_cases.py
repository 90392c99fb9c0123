"""TensorFlow 1 expressions whose numbers 1.15 gave and whose counterparts must give them too. Runs on Python 3.7 as well."""

import math

LAYERS = {
    "dense": ("tf.layers.dense(x, 3)", (4, 5)),
    "dense with relu and no bias": ("tf.layers.dense(x, 3, tf.nn.relu, use_bias=False)", (4, 5)),
    "dense of three dimensions": ("tf.layers.dense(inputs=x, units=2, activation=tf.nn.tanh, name='d')", (2, 3, 5)),
    "conv1d": ("tf.layers.conv1d(x, 3, 2, 1, 'same')", (2, 6, 3)),
    "conv2d": ("tf.layers.conv2d(x, 3, 2, activation=tf.nn.relu)", (2, 6, 6, 3)),
    "conv2d with strides": ("tf.layers.conv2d(x, 4, [3, 2], (2, 2), 'same', 'channels_last')", (2, 5, 6, 3)),
    "conv2d with holes": ("tf.layers.conv2d(x, 4, 2, 1, 'valid', 'channels_last', 2, tf.nn.relu)", (2, 5, 6, 3)),
    "conv3d": ("tf.layers.conv3d(x, 2, 2, padding='SAME')", (1, 3, 4, 3, 2)),
    "conv2d_transpose same": ("tf.layers.conv2d_transpose(x, 3, 3, 2, 'same')", (1, 4, 4, 2)),
    "conv2d_transpose valid": ("tf.layers.conv2d_transpose(x, 3, 3, strides=2, activation=tf.nn.relu)", (1, 4, 3, 2)),
    "conv2d_transpose small kernel": ("tf.layers.conv2d_transpose(x, 3, 1, 2)", (1, 4, 3, 2)),
    "conv3d_transpose": ("tf.layers.conv3d_transpose(x, 2, 2, 2, 'same', use_bias=False)", (1, 2, 3, 2, 2)),
    "separable_conv1d": ("tf.layers.separable_conv1d(x, 3, 2, depth_multiplier=2)", (2, 6, 3)),
    "separable_conv2d": ("tf.layers.separable_conv2d(x, 3, 3, 1, 'same', activation=tf.nn.relu)", (2, 5, 5, 2)),
    "max_pooling1d": ("tf.layers.max_pooling1d(x, 2, 2)", (2, 6, 3)),
    "max_pooling2d": ("tf.layers.max_pooling2d(inputs=x, pool_size=[2, 2], strides=2)", (2, 5, 6, 3)),
    "max_pooling2d same": ("tf.layers.max_pooling2d(x, 3, 2, 'same')", (2, 5, 6, 3)),
    "max_pooling3d": ("tf.layers.max_pooling3d(x, 2, 2)", (1, 4, 4, 4, 2)),
    "average_pooling1d": ("tf.layers.average_pooling1d(x, 2, 1)", (2, 6, 3)),
    "average_pooling2d same": ("tf.layers.average_pooling2d(x, (3, 2), (2, 2), padding='same')", (2, 5, 6, 3)),
    "average_pooling3d": ("tf.layers.average_pooling3d(x, 2, 2)", (1, 4, 4, 4, 2)),
    "flatten": ("tf.layers.flatten(x)", (2, 3, 4)),
    "batch_normalization of features": ("tf.layers.batch_normalization(x, training=True)", (6, 4)),
    "batch_normalization of images": ("tf.layers.batch_normalization(x, momentum=0.8, training=True)", (2, 3, 3, 4)),
    "batch_normalization that is not fused": (
        "tf.layers.batch_normalization(x, -1, 0.9, 1e-2, training=True, fused=False)",
        (2, 3, 3, 4),
    ),
    "batch_normalization for inference": ("tf.layers.batch_normalization(x)", (2, 3, 3, 4)),
    "batch_normalization of sequences": ("tf.layers.batch_normalization(x, scale=False, training=True)", (2, 3, 4)),
    "Dense": ("tf.layers.Dense(3, tf.nn.relu)(x)", (4, 5)),
    "Conv2D": ("tf.layers.Conv2D(3, 2, padding='same')(x)", (1, 4, 4, 2)),
    "MaxPooling2D": ("tf.layers.MaxPooling2D(2, 2)(x)", (1, 4, 4, 2)),
    "Flatten": ("tf.layers.Flatten()(x)", (2, 3, 4)),
    "fully_connected": ("tf.contrib.layers.fully_connected(x, 3)", (4, 5)),
    "fully_connected without activation": (
        "tf.contrib.slim.fully_connected(x, 3, activation_fn=None, scope='a')",
        (4, 5),
    ),
    "fully_connected without bias": (
        "tf.contrib.slim.fully_connected(x, 3, tf.nn.tanh, biases_initializer=None)",
        (4, 5),
    ),
    "linear": ("tf.contrib.layers.linear(x, 3)", (4, 5)),
    "contrib conv1d": ("tf.contrib.layers.conv1d(x, 3, 2)", (2, 6, 3)),
    "contrib conv2d": ("tf.contrib.slim.conv2d(x, 3, [3, 3], 2)", (2, 5, 6, 3)),
    "contrib conv2d valid": (
        "tf.contrib.slim.conv2d(x, 3, 2, padding='VALID', rate=2, activation_fn=None)",
        (2, 5, 6, 3),
    ),
    "contrib conv3d": ("tf.contrib.slim.conv3d(x, 2, 2)", (1, 3, 3, 3, 2)),
    "contrib conv2d_transpose": ("tf.contrib.slim.conv2d_transpose(x, 3, 3, stride=2)", (1, 4, 3, 2)),
    "contrib separable_conv2d": ("tf.contrib.slim.separable_conv2d(x, 3, [3, 3], 1, stride=2)", (1, 5, 5, 2)),
    "contrib max_pool2d": ("tf.contrib.slim.max_pool2d(x, [2, 2])", (2, 5, 6, 3)),
    "contrib max_pool2d same": ("tf.contrib.slim.max_pool2d(x, 3, stride=1, padding='SAME')", (2, 5, 6, 3)),
    "contrib avg_pool2d": ("tf.contrib.slim.avg_pool2d(x, 3)", (2, 5, 6, 3)),
    "contrib batch_norm of features": ("tf.contrib.layers.batch_norm(x)", (6, 4)),
    "contrib batch_norm of images": ("tf.contrib.layers.batch_norm(x, 0.9, scale=True)", (2, 3, 3, 4)),
    "contrib batch_norm updated at once": (
        "tf.contrib.layers.batch_norm(x, 0.8, updates_collections=None)",
        (2, 3, 3, 4),
    ),
    "contrib batch_norm for inference": ("tf.contrib.layers.batch_norm(x, is_training=False)", (6, 4)),
    "contrib batch_norm that is not fused": ("tf.contrib.layers.batch_norm(x, fused=False)", (6, 4)),
    "contrib layer_norm": ("tf.contrib.layers.layer_norm(x, begin_norm_axis=-1, begin_params_axis=-1)", (2, 3, 5)),
    "contrib flatten": ("tf.contrib.slim.flatten(x)", (2, 3, 4)),
    "contrib dropout for inference": ("tf.contrib.slim.dropout(x, 0.3, is_training=False)", (3, 4)),
    "dropout for inference": ("tf.layers.dropout(x, 0.3)", (3, 4)),
}

DROPOUT = {
    "dropout": "tf.layers.dropout(x, 0.3, training=True)",
    "dropout by default": "tf.layers.dropout(x, training=True)",
    "contrib dropout": "tf.contrib.slim.dropout(x, 0.8)",
    "contrib dropout by default": "tf.contrib.layers.dropout(x, is_training=True)",
}

INITIALIZERS = [
    "tf.zeros_initializer()",
    "tf.ones_initializer()",
    "tf.constant_initializer(0.3)",
    "tf.constant_initializer()",
    "tf.random_normal_initializer()",
    "tf.random_normal_initializer(0.5, 0.02)",
    "tf.random_uniform_initializer()",
    "tf.random_uniform_initializer(-0.3)",
    "tf.random_uniform_initializer(-0.1, 0.2)",
    "tf.truncated_normal_initializer()",
    "tf.truncated_normal_initializer(stddev=0.1, dtype=tf.float32)",
    "tf.glorot_uniform_initializer()",
    "tf.glorot_normal_initializer()",
    "tf.variance_scaling_initializer()",
    "tf.variance_scaling_initializer(2.0, 'fan_out', 'uniform')",
    "tf.variance_scaling_initializer(distribution='untruncated_normal')",
    "tf.orthogonal_initializer(1.5)",
    "tf.initializers.he_normal()",
    "tf.initializers.he_uniform()",
    "tf.initializers.lecun_normal()",
    "tf.initializers.lecun_uniform()",
    "tf.initializers.identity(2.0)",
    "tf.keras.initializers.RandomNormal()",
    "tf.keras.initializers.RandomUniform()",
    "tf.keras.initializers.TruncatedNormal()",
    "tf.contrib.layers.xavier_initializer()",
    "tf.contrib.layers.xavier_initializer(uniform=False)",
    "tf.contrib.layers.xavier_initializer_conv2d()",
    "tf.contrib.layers.variance_scaling_initializer()",
    "tf.contrib.slim.variance_scaling_initializer(1.0, 'FAN_AVG', True)",
    "tf.contrib.slim.variance_scaling_initializer(factor=1.5, mode='FAN_OUT')",
]

# applied to a tensor
REGULARIZERS = [
    "tf.contrib.layers.l2_regularizer(0.1)",
    "tf.contrib.slim.l2_regularizer(scale=0.1)",
    "tf.contrib.layers.l1_regularizer(0.1)",
    "tf.contrib.layers.l1_l2_regularizer(0.1, 0.2)",
    "tf.contrib.layers.l1_l2_regularizer()",
    "tf.keras.regularizers.l2(0.1)",
    "tf.keras.regularizers.l1()",
    "tf.keras.regularizers.l1_l2()",
    "tf.keras.constraints.MaxNorm(1.5)",
    "tf.keras.constraints.unit_norm()",
    "tf.keras.constraints.non_neg()",
    "tf.keras.constraints.MinMaxNorm(0.5, 1.0, rate=0.5)",
]

OPTIMIZERS = [
    "tf.train.GradientDescentOptimizer(0.1)",
    "tf.train.GradientDescentOptimizer(1)",
    "tf.train.MomentumOptimizer(0.05, 0.9)",
    "tf.train.MomentumOptimizer(learning_rate=0.05, momentum=0.9, use_nesterov=True)",
    "tf.train.AdamOptimizer()",
    "tf.train.AdamOptimizer(0.05, 0.8, 0.99, name='A')",
    "tf.train.AdamOptimizer(learning_rate=0.05, beta1=0.5, epsilon=1e-3)",
    "tf.train.AdagradOptimizer(0.1)",
    "tf.train.AdagradOptimizer(0.1, initial_accumulator_value=0.5)",
    "tf.train.AdadeltaOptimizer(1.0)",
    "tf.train.AdadeltaOptimizer(0.5, 0.9, 1e-6)",
    "tf.train.RMSPropOptimizer(0.05)",
    "tf.train.RMSPropOptimizer(0.05, 0.8, 0.5, 1e-3)",
    "tf.train.RMSPropOptimizer(0.02, momentum=0.9, centered=True)",
    "tf.train.FtrlOptimizer(0.1)",
    "tf.train.FtrlOptimizer(0.1, -0.4, 0.2, 0.01, 0.02, l2_shrinkage_regularization_strength=0.01)",
    "tf.train.ProximalGradientDescentOptimizer(0.1)",
    "tf.train.ProximalGradientDescentOptimizer(0.1, 0.05, 0.2)",
    "tf.train.ProximalAdagradOptimizer(0.1)",
    "tf.train.ProximalAdagradOptimizer(0.1, 0.2, 0.05, 0.2)",
]

# those that also move rows that tf.gather took
SPARSE = ("tf.train.GradientDescentOptimizer", "tf.train.AdamOptimizer", "tf.train.AdagradOptimizer")

# with a rate that changes from step to step
VARYING = [
    "tf.train.GradientDescentOptimizer(rate)",
    "tf.train.MomentumOptimizer(rate, 0.9)",
    "tf.train.MomentumOptimizer(rate, 0.9, use_nesterov=True)",
    "tf.train.AdamOptimizer(rate)",
    "tf.train.AdagradOptimizer(rate)",
    "tf.train.AdadeltaOptimizer(rate)",
    "tf.train.RMSPropOptimizer(rate, momentum=0.5)",
    "tf.train.FtrlOptimizer(rate)",
]
RATES = [0.1 / (1 + step % 7) for step in range(20)]

# of a step s
SCHEDULES = [
    "tf.train.exponential_decay(0.1, s, 7, 0.9)",
    "tf.train.exponential_decay(0.1, global_step=s, decay_steps=7, decay_rate=0.9, staircase=True)",
    "tf.train.natural_exp_decay(0.1, s, 7, 0.3)",
    "tf.train.natural_exp_decay(0.1, s, 7, 0.3, True)",
    "tf.train.inverse_time_decay(0.1, s, 7, 0.5)",
    "tf.train.inverse_time_decay(0.1, s, 7, 0.5, staircase=True)",
    "tf.train.polynomial_decay(0.1, s, 7)",
    "tf.train.polynomial_decay(0.1, s, 7, 0.01, 2.0, cycle=True)",
    "tf.train.cosine_decay(0.1, s, 9, alpha=0.1)",
    "tf.train.cosine_decay_restarts(0.1, s, 5, 2.0, 0.9, 0.1)",
    "tf.train.piecewise_constant(s, [3, 8], [0.1, 0.05, 0.01])",
    "tf.train.piecewise_constant_decay(x=s, boundaries=[3, 8], values=[0.1, 0.05, 0.01])",
]
STEPS = [0, 1, 3, 4, 7, 8, 14, 20]

# p: probabilities, q: numbers, y: zeros and ones, all (4, 3); c: classes (4,); w: weights (4, 3) with zeros; v: weights (4,)
LOSSES = [
    "tf.losses.mean_squared_error(y, q)",
    "tf.losses.mean_squared_error(labels=q, predictions=p, weights=0.5)",
    "tf.losses.mean_squared_error(y, q, w)",
    "tf.losses.mean_squared_error(q, p, w[:, :1])",
    "tf.losses.mean_squared_error(y, q, reduction=tf.losses.Reduction.SUM)",
    "tf.losses.mean_squared_error(q, p, w, reduction=tf.losses.Reduction.NONE)",
    "tf.losses.mean_squared_error(q, p, w, reduction=tf.losses.Reduction.SUM_OVER_BATCH_SIZE)",
    "tf.losses.mean_squared_error(q[:, 0], p[:, 0])",
    "tf.losses.mean_squared_error(n, q)",
    "tf.losses.absolute_difference(y, q)",
    "tf.losses.absolute_difference(y, q, w)",
    "tf.losses.absolute_difference(n, q, 2, reduction=tf.losses.Reduction.MEAN)",
    "tf.losses.huber_loss(y, q)",
    "tf.losses.huber_loss(y, q, delta=0.3)",
    "tf.losses.huber_loss(y, q, 3.0, 0.3)",
    "tf.losses.hinge_loss(y, q)",
    "tf.losses.log_loss(y, p)",
    "tf.losses.log_loss(n, p, w, 1e-3)",
    "tf.losses.cosine_distance(q, p, 1)",
    "tf.losses.cosine_distance(q, p, axis=-1, weights=v[:, None])",
    "tf.losses.sigmoid_cross_entropy(y, q)",
    "tf.losses.sigmoid_cross_entropy(multi_class_labels=n, logits=q, label_smoothing=0.1)",
    "tf.losses.sigmoid_cross_entropy(n, q, weights=w)",
    "tf.losses.softmax_cross_entropy(y, q)",
    "tf.losses.softmax_cross_entropy(onehot_labels=n, logits=q, label_smoothing=0.1, weights=2.0)",
    "tf.losses.softmax_cross_entropy(n, q, v)",
    "tf.losses.sparse_softmax_cross_entropy(c, q)",
    "tf.losses.sparse_softmax_cross_entropy(labels=c, logits=q, scope='xent')",
    "tf.losses.sparse_softmax_cross_entropy(c[:, None], q)",
    "tf.losses.sparse_softmax_cross_entropy(c, q, v)",
    "tf.losses.sparse_softmax_cross_entropy(c, q, 3)",
    "tf.losses.sparse_softmax_cross_entropy(c, q, reduction=tf.losses.Reduction.NONE)",
    "tf.losses.compute_weighted_loss(q)",
    "tf.losses.compute_weighted_loss(q * p, w)",
    "tf.contrib.losses.mean_squared_error(q, p)",
    "tf.contrib.losses.softmax_cross_entropy(q, y)",
    "tf.contrib.slim.losses.sparse_softmax_cross_entropy(q, c)",
    "tf.contrib.losses.sigmoid_cross_entropy(q, y, label_smoothing=0.2)",
    "tf.contrib.losses.log_loss(p, y)",
    "tf.contrib.losses.absolute_difference(q, p)",
    "tf.contrib.losses.cosine_distance(q, p, 1)",
]

# counted over two batches: the second is the first backwards, without one example, times 0.9
METRICS = [
    "tf.metrics.mean(q)",
    "tf.metrics.mean(q, w)",
    "tf.metrics.accuracy(c, d)",
    "tf.metrics.accuracy(labels=c, predictions=d, weights=v)",
    "tf.metrics.accuracy(n, b)",
    "tf.metrics.precision(n, b)",
    "tf.metrics.precision(labels=n, predictions=b, weights=w)",
    "tf.metrics.precision(n, p * tf.cast(b, tf.float32))",
    "tf.metrics.recall(n, b)",
    "tf.metrics.true_positives(n, b)",
    "tf.metrics.true_negatives(n, b)",
    "tf.metrics.false_positives(n, b)",
    "tf.metrics.false_negatives(n, b)",
    "tf.metrics.mean_squared_error(p, q)",
    "tf.metrics.mean_squared_error(v, p[:, 0])",
    "tf.metrics.mean_absolute_error(p, q)",
    "tf.metrics.mean_absolute_error(v, p[:, 0])",
    "tf.metrics.root_mean_squared_error(p, q)",
    "tf.metrics.mean_iou(c, d, 3)",
    "tf.metrics.auc(n, p)",
    "tf.metrics.auc(n, p, num_thresholds=50, weights=w)",
    "tf.metrics.auc(n, p, curve='PR', summation_method='careful_interpolation')",
    "tf.contrib.metrics.streaming_accuracy(d, c)",
    "tf.contrib.slim.metrics.streaming_recall(b, n)",
    "tf.contrib.metrics.streaming_mean(q)",
    "tf.contrib.metrics.streaming_mean_squared_error(p, q)",
]


def waves(shape, phase=0.0):
    """Numbers between -1 and 1 that are the same everywhere, as nested lists' flat content: (flat list, shape)."""
    count = 1
    for dimension in shape:
        count *= dimension
    return [math.sin(1.7 * i + phase) for i in range(count)]


KINDS = ("depthwise", "pointwise", "kernel", "weights", "bias", "gamma", "beta", "moving_mean", "moving_variance")


def weight(name, shape):
    """Values for one weight of a layer, by what it is called in either version."""
    last = name.split(":")[0].rsplit("/", 1)[-1]
    kind = next(i for i, k in enumerate(KINDS) if last.startswith(k))
    found = waves(shape, kind if kind != 3 else 2.0)
    return [abs(v) + 0.5 for v in found] if last == "moving_variance" else found


def inputs(np):
    """What losses and metrics are computed of."""

    def grid(phase, shape=(4, 3)):
        return np.array(waves(shape, phase), np.float32).reshape(shape)

    return {
        "q": 2.0 * grid(0.0),
        "p": 0.5 + 0.45 * grid(1.0),
        "y": (grid(2.0) > 0).astype(np.float32),
        "n": (grid(2.0) > 0).astype(np.int64),
        "b": (grid(0.3) > 0).astype(np.int64),
        "c": np.array([0, 2, 1, 2], np.int64),
        "d": np.array([0, 1, 1, 2], np.int64),
        "w": np.maximum(grid(3.0), 0.0),
        "v": np.array([0.5, 0.0, 2.0, 1.0], np.float32),
    }
