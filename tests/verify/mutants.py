"""Wrong migrations made on purpose: each is one edit of a program of this folder, the kind of slip that people and tools make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mutant:
    """An edit of a program: every ``old`` becomes ``new``, and so for pairs in ``more``. ``what`` finishes "It is noticed when …"."""

    program: str
    what: str
    old: str
    new: str
    more: tuple[tuple[str, str], ...] = ()

    def edited(self, text: str) -> str:
        """The program with the edit.

        Raises:
          ValueError: the program does not have the text any more.
        """
        for old, new in ((self.old, self.new), *self.more):
            if old not in text:
                raise ValueError(f"{self.program} has no {old!r}")
            text = text.replace(old, new)
        return text


MUTANTS = (
    # weights and how they start
    Mutant("mlp", "an initialiser has another deviation", "stddev=0.3", "stddev=0.27"),
    Mutant("mlp", "an initialiser is uniform and not normal", "tf.truncated_normal_initializer(stddev=0.3)", "None"),
    Mutant("mlp", "a bias starts at zero", "tf.constant_initializer(0.1)", "tf.zeros_initializer()"),
    Mutant("gates", "an initialiser has another range", "(-0.4, 0.4)", "(-0.4, 0.5)"),
    Mutant("convnet", "a normal initialiser became uniform", "glorot_normal_initializer", "glorot_uniform_initializer"),
    Mutant("convnet", "a layer lost its bias", "use_bias=True", "use_bias=False"),
    Mutant(
        "regression",
        "weights are float32 and not float64",
        "tf.Variable([[0.1], [0.2]], dtype=tf.float64, name='w')",
        "tf.cast(tf.Variable([[0.1], [0.2]], dtype=tf.float32, name='w'), tf.float64)",
    ),
    Mutant(
        "averages",
        "training goes on from new weights, not from the checkpoint",
        "saver.restore(sess, './model')",
        "pass",
    ),
    Mutant(
        "averages",
        "a checkpoint is restored without the state of the optimizer",
        "saver.restore(sess, './model')",
        "tf.train.Saver(tf.trainable_variables()).restore(sess, './model')",
    ),
    # the forward computation
    Mutant("mlp", "a keep probability is taken for a rate", "keep_prob=keep_prob)", "rate=keep_prob)"),
    Mutant("mlp", "dropout stays on in evaluation", "with_default(1.0", "with_default(0.7"),
    Mutant("mlp", "softmax is applied twice", "labels=y, logits=logits", "labels=y, logits=tf.nn.softmax(logits)"),
    Mutant("mlp", "argmax looks along another axis", "tf.argmax(logits, 1), y", "tf.argmax(logits, 0)[0], y"),
    Mutant("mlp", "an activation is missing", "activation(out) if activation else out", "out"),
    Mutant(
        "convnet",
        "padding is valid and not same",
        "padding='same', use_bias=True",
        "padding='valid', use_bias=True",
        (("[-1, 4 * 4 * 6]", "[-1, 2 * 2 * 6]"),),
    ),
    Mutant(
        "convnet", "convolution steps by two", "3, strides=1", "3, strides=2", (("[-1, 4 * 4 * 6]", "[-1, 2 * 2 * 6]"),)
    ),
    Mutant("convnet", "mean pooling stands for max pooling", "max_pooling2d", "average_pooling2d"),
    Mutant("convnet", "the channels come first in a flattened tensor", "[0, 1, 2, 3]", "[0, 3, 1, 2]"),
    Mutant("convnet", "a leaky activation does not leak", "tf.nn.leaky_relu", "tf.nn.relu"),
    Mutant("lstm", "the forget bias is lost", "forget_bias=1.0", "forget_bias=0.0"),
    Mutant("lstm", "sequence lengths are ignored", "sequence_length=length, ", ""),
    Mutant("lstm", "the cell state is taken for the output", "last = state.h", "last = state.c"),
    Mutant("lstm", "the mean is taken over other dimensions", "axis=[0, 2])", "axis=[0, 1])[:6]"),
    Mutant("gates", "the gates come in the order of Keras", "i, j, f, o = tf", "i, f, j, o = tf"),
    Mutant("gates", "weights are no longer shared", "'cell', reuse=tf.AUTO_REUSE", "None, default_name='cell'"),
    Mutant("gates", "the forget bias is added twice", "f + 1.0", "f + 2.0"),
    Mutant("vae", "a variance is taken for a deviation", "tf.exp(0.5 * log_var) * eps", "tf.exp(log_var) * eps"),
    Mutant("vae", "noise has another deviation", "tf.shape(mu), 0, 1,", "tf.shape(mu), 0, 0.9,"),
    Mutant("vae", "noise is missing", "mu + tf.exp(0.5 * log_var) * eps", "mu + 0.0 * eps"),
    Mutant(
        "vae",
        "noise is uniform and not normal",
        "tf.random_normal(tf.shape(mu), 0, 1,",
        "tf.random_uniform(tf.shape(mu), -1, 1,",
    ),
    Mutant("embed", "vectors are normalised along the other axis", "(table, axis=1)", "(table, axis=0)"),
    Mutant("embed", "a matrix is not transposed", "unit, unit, transpose_b=True", "tf.transpose(unit), unit"),
    Mutant("embed", "a loop ends one turn early", "i < 4", "i < 3"),
    Mutant("classifier", "dropout takes the share that stays", "dropout(net, 0.25", "dropout(net, 0.75"),
    Mutant("classifier", "dropout is off in training", "ModeKeys.TRAIN)", "ModeKeys.EVAL)"),
    Mutant("regression", "operands are swapped", "predict(a) - b", "b - predict(a) + c * 0 + 1e-3"),
    # the loss
    Mutant("mlp", "a loss is summed and not averaged", "xent = tf.reduce_mean", "xent = tf.reduce_sum"),
    Mutant("mlp", "weight decay is dropped", "0.01 * tf.add_n", "0.0 * tf.add_n"),
    Mutant("lstm", "a loss is absolute and not squared", "mean_squared_error", "absolute_difference"),
    Mutant("gan", "labels are no longer smoothed", "0.9 * tf.ones_like", "1.0 * tf.ones_like"),
    Mutant("vae", "a sum over features became a mean", "recon = tf.reduce_sum", "recon = tf.reduce_mean"),
    Mutant("vae", "a term of the loss has another sign", "recon + kl", "recon - kl"),
    Mutant("dqn", "a constant differs", "GAMMA = 0.9", "GAMMA = 0.99"),
    Mutant("dqn", "the end of an episode is ignored", "(1.0 - done)", "1.0"),
    Mutant("embed", "other negative samples are drawn", "num_sampled=5", "num_sampled=6"),
    # gradients and what they change
    Mutant(
        "dqn",
        "the gradient is no longer stopped",
        "tf.stop_gradient(",
        "(",
        ((", var_list=tf.trainable_variables('online')", ""),),
    ),
    Mutant("dqn", "the target network is never copied", "      sess.run(copy)", "      pass"),
    Mutant("dqn", "networks are copied the wrong way", "tf.assign(t, o)", "tf.assign(o, t)"),
    Mutant("gan", "the wrong variables are trained", "var_list=g_vars", "var_list=d_vars"),
    Mutant(
        "gan",
        "two networks no longer share weights",
        "('discriminator', reuse=reuse)",
        "('discriminator2' if reuse else 'discriminator')",
    ),
    Mutant(
        "lstm",
        "gradients are clipped by value",
        "tf.clip_by_global_norm(grads, 0.5)",
        "([tf.clip_by_value(g, -0.5, 0.5) for g in grads], tf.global_norm(grads))",
    ),
    Mutant(
        "lstm",
        "each gradient is clipped by its own norm",
        "tf.clip_by_global_norm(grads, 0.5)",
        "([tf.clip_by_norm(g, 0.5) for g in grads], tf.global_norm(grads))",
    ),
    Mutant(
        "gates",
        "gradients are applied twice",
        "[train, loss], {x: batch",
        "[twice, loss], {x: batch",
        (
            (
                "epsilon=1e-6).minimize(loss)\n",
                "epsilon=1e-6)\ngrads = train.compute_gradients(loss)\nfirst = train.apply_gradients(grads)\n"
                "with tf.control_dependencies([first]):\n  twice = train.apply_gradients(grads)\n",
            ),
        ),
    ),
    Mutant(
        "convnet",
        "the averages of batch normalization are not updated",
        "tf.control_dependencies(update_ops)",
        "tf.control_dependencies([])",
    ),
    Mutant("convnet", "batch normalization always trains", "training: False", "training: True"),
    Mutant("convnet", "batch normalization never trains", "training: True", "training: False"),
    # optimizers and schedules
    Mutant("mlp", "Adam has the epsilon of Keras", "epsilon=1e-4", "epsilon=1e-7"),
    Mutant("mlp", "Adam has another first decay", "beta1=0.9", "beta1=0.8"),
    Mutant("gates", "RMSProp has another decay", "decay=0.9", "decay=0.99"),
    Mutant("gates", "RMSProp has lost its momentum", "momentum=0.2", "momentum=0.0"),
    Mutant(
        "gates",
        "RMSProp became Adam",
        "tf.train.RMSPropOptimizer(0.01, decay=0.9, momentum=0.2, epsilon=1e-6)",
        "tf.train.AdamOptimizer(0.01)",
    ),
    Mutant("convnet", "momentum is Nesterov's", "use_nesterov=False", "use_nesterov=True"),
    Mutant("embed", "Adagrad starts from zero", "AdagradOptimizer(0.5)", "AdagradOptimizer(0.5, 1e-10)"),
    Mutant("classifier", "Ftrl became gradient descent", "FtrlOptimizer", "GradientDescentOptimizer"),
    Mutant("mlp", "the rate decays smoothly", "staircase=True", "staircase=False"),
    Mutant("mlp", "the rate never decays", "global_step=step)", "global_step=tf.Variable(0, trainable=False))"),
    Mutant("regression", "a schedule changes one step late", "[10, 15]", "[11, 15]"),
    Mutant(
        "averages",
        "moving averages have another decay",
        "ExponentialMovingAverage(0.8)",
        "ExponentialMovingAverage(0.9)",
    ),
    # normalization
    Mutant("convnet", "batch normalization has another momentum", "momentum=0.9, ", "momentum=0.99, "),
    Mutant("convnet", "batch normalization has another epsilon", "epsilon=0.001", "epsilon=0.01"),
    # data, steps and the Python around
    Mutant("mlp", "data is no longer shuffled", "np.random.permutation(100)", "np.arange(100)"),
    Mutant("mlp", "an epoch ends one batch early", "range(0, 100, 10)", "range(0, 90, 10)"),
    Mutant("mlp", "it is evaluated on training data", "data[100:], y: target[100:]", "data[:20], y: target[:20]"),
    Mutant("mlp", "summaries are one step late", "epoch * 10 + start // 10", "epoch * 10 + start // 10 + 1"),
    Mutant("mlp", "summaries are no longer written", "      writer.add_summary(", "      ("),
    Mutant("mlp", "a division is whole", "right / 20.0", "right // 20"),
    Mutant("lstm", "training runs one step more", "range(15)", "range(16)"),
    Mutant("regression", "a dataset is not shuffled", ".shuffle(20, seed=3)", ""),
    Mutant("regression", "data is scaled without its mean", "(features - mean) / std", "features / std"),
    Mutant("regression", "a division in Python is whole", "7 / 20", "7 // 20"),
    Mutant(
        "gan",
        "the two networks train in the other order",
        "[d_loss, train_d], {real: xs, noise: rng.randn(16, 3)}",
        "[d_loss, train_g], {real: xs, noise: rng.randn(16, 3)}",
    ),
    Mutant("classifier", "a metric is of the training data", "inputs(40, 60, 1))\n", "inputs(0, 40, 1))\n"),
)

NATIVE_MUTANTS = (
    Mutant("mlp", "Adam has Keras's own epsilon", ", epsilon=1e-4", ""),
    Mutant("mlp", "an initialiser is Glorot's", "TruncatedNormal(stddev=0.3)", "GlorotUniform()"),
    Mutant("mlp", "a bias starts at zero", "tf.fill([units], 0.1)", "tf.zeros([units])"),
    Mutant("mlp", "a keep probability is taken for a rate", "rate=1 - keep_prob", "rate=keep_prob"),
    Mutant("mlp", "summaries are lost", 'tf.summary.write("loss", value)', "pass"),
    Mutant("convnet", "batch normalization is Keras 3's", 'os.environ["TF_USE_LEGACY_KERAS"] = "1"', "pass"),
    Mutant("convnet", "a model is called without its training flag", "model(x, training=True)", "model(x)"),
    Mutant(
        "gan",
        "the generator is told the wrong labels",
        "labels=tf.ones_like(on_fake)))\n    variables = gen",
        "labels=tf.zeros_like(on_fake)))\n    variables = gen",
    ),
    Mutant(
        "gan", "a layer has another initialiser", 'dense(8, "tanh")', 'dense(8, "tanh", kernel_initializer="he_normal")'
    ),
    Mutant("dqn", "RMSProp starts from zero, as in Keras", "tf.ones_like(v)", "tf.zeros_like(v)"),
    Mutant("dqn", "epsilon is outside the root", "tf.sqrt(s + self.epsilon)", "(tf.sqrt(s) + 1e-3)"),
    Mutant("dqn", "the target network is never copied", "target.set_weights(online.get_weights())", "pass"),
    Mutant(
        "vae",
        "noise is drawn once",
        "        eps = tf.random.normal(tf.shape(mu))\n",
        "        eps = EPS\n",
        (("@tf.function", "EPS = tf.random.normal([8, 2])\n\n\n@tf.function"),),
    ),
    Mutant("vae", "a layer is not trained", "(enc, mean, spread, dec, out)", "(enc, mean, dec, out)"),
    Mutant("regression", "a loss is not halved", "- b)) / 2", "- b))"),
    Mutant("regression", "training stops one step early", "range(20)", "range(19)"),
)
