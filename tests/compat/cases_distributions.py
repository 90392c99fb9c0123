"""tf.contrib.distributions, as far as core TensorFlow has it. Runs on Python 3.7 as well."""

from tests.compat.cases_image import attempts
from tests.compat.harness import Run, numbers


def facts(tf, distribution, values, parameters, functions=("entropy", "mode", "stddev")):
    """Densities, moments, samples with a seed and gradients of one distribution."""
    found = {
        "log_prob": distribution.log_prob(values),
        "mean": distribution.mean(),
        "variance": distribution.variance(),
        "samples": distribution.sample(2, seed=5),
    }
    for function in functions:
        found[function] = getattr(distribution, function)()
    found["gradients"] = tf.gradients(tf.reduce_sum(found["log_prob"]), list(parameters))
    described = [
        distribution.name,
        distribution.dtype.name,
        distribution.batch_shape.as_list(),
        distribution.event_shape.as_list(),
        distribution.reparameterization_type == tf.distributions.FULLY_REPARAMETERIZED,
    ]
    return Run(found, also=lambda _: described)


def case_normal(tf, contrib):
    distributions = contrib.distributions
    loc, scale = tf.constant([0.5, -1.0]), tf.constant([0.7, 1.5])
    normal = distributions.Normal(loc=loc, scale=scale)
    run = facts(tf, normal, tf.constant([[0.0, 1.0], [2.0, -3.0]]), (loc, scale))
    other = distributions.Normal(0.0, 1.0, name="other")
    run.fetches["divergence"] = distributions.kl_divergence(normal, other)
    run.fetches["same"] = normal.kl_divergence(other)
    run.fetches["cdf"] = [normal.cdf([0.1, 0.2]), normal.survival_function([0.1, 0.2]), normal.quantile([0.1, 0.2])]
    run.fetches["prob"] = normal.prob([0.1, 0.2])
    sample = normal.sample(3, seed=1)
    run.fetches["pathwise"] = tf.gradients(tf.reduce_sum(tf.square(sample)), [loc, scale])
    return run


def case_bernoulli(tf, contrib):
    logits = tf.constant([0.3, -1.0])
    run = facts(tf, contrib.distributions.Bernoulli(logits=logits), tf.constant([1, 0]), (logits,))
    run.fetches["probs"] = contrib.distributions.Bernoulli(probs=[0.2, 0.7], dtype=tf.float32).prob([1.0, 0.0])
    return run


def case_beta(tf, contrib):
    a, b = tf.constant([2.0, 3.0]), tf.constant([1.5, 4.0])
    return facts(tf, contrib.distributions.Beta(a, b), tf.constant([0.2, 0.6]), (a, b))


def case_categorical(tf, contrib):
    logits = tf.constant(numbers((2, 4), "logits"))
    one = contrib.distributions.Categorical(logits=logits)
    other = contrib.distributions.Categorical(probs=[0.1, 0.2, 0.3, 0.4])
    found = {
        "log_prob": one.log_prob([1, 3]),
        "entropy": one.entropy(),
        "mode": one.mode(),
        "samples": one.sample(3, seed=2),
        "divergence": contrib.distributions.kl_divergence(one, other),
        "gradient": tf.gradients(one.entropy(), logits),
    }
    return Run(found, also=lambda _: [one.event_size.name.split("/")[-1], other.batch_shape.as_list()])


def case_dirichlet(tf, contrib):
    concentration = tf.constant([1.5, 2.0, 3.0])
    return facts(tf, contrib.distributions.Dirichlet(concentration), tf.constant([0.2, 0.3, 0.5]), (concentration,))


def case_dirichlet_multinomial(tf, contrib):
    concentration = tf.constant([1.5, 2.0, 3.0])
    counts = contrib.distributions.DirichletMultinomial(4.0, concentration)
    return facts(tf, counts, tf.constant([1.0, 2.0, 1.0]), (concentration,), [])


def case_exponential(tf, contrib):
    rate = tf.constant([0.5, 2.0])
    return facts(tf, contrib.distributions.Exponential(rate), tf.constant([0.1, 1.0]), (rate,), ["entropy", "stddev"])


def case_gamma(tf, contrib):
    a, b = tf.constant([1.5, 3.0]), tf.constant([2.0, 0.5])
    return facts(tf, contrib.distributions.Gamma(a, b), tf.constant([0.5, 4.0]), (a, b))


def case_laplace(tf, contrib):
    loc, scale = tf.constant([0.5, -1.0]), tf.constant([0.7, 1.5])
    return facts(tf, contrib.distributions.Laplace(loc, scale), tf.constant([0.0, 1.0]), (loc, scale))


def case_multinomial(tf, contrib):
    logits = tf.constant([0.3, -1.0, 0.2])
    found = contrib.distributions.Multinomial(5.0, logits=logits)
    return facts(tf, found, tf.constant([2.0, 2.0, 1.0]), (logits,), [])


def case_student_t(tf, contrib):
    df, loc, scale = tf.constant(4.0), tf.constant(0.5), tf.constant(1.2)
    return facts(tf, contrib.distributions.StudentT(df, loc, scale), tf.constant([0.0, 3.0]), (df, loc, scale))


def case_uniform(tf, contrib):
    low, high = tf.constant([0.0, -1.0]), tf.constant([2.0, 3.0])
    return facts(
        tf, contrib.distributions.Uniform(low, high), tf.constant([0.5, 2.0]), (low, high), ["entropy", "stddev"]
    )


def case_own_distribution(tf, contrib):
    distributions = contrib.distributions

    class Doubled(distributions.Distribution):
        def __init__(self):
            super(Doubled, self).__init__(
                tf.float32, distributions.NOT_REPARAMETERIZED, validate_args=False, allow_nan_stats=True
            )

        def _log_prob(self, value):
            return 2.0 * value

    @distributions.RegisterKL(Doubled, Doubled)
    def _divergence(a, b, name=None):
        return tf.constant(3.0)

    own = Doubled()
    kind = isinstance(own.reparameterization_type, distributions.ReparameterizationType)
    errors = attempts(own.entropy, lambda: distributions.kl_divergence(own, distributions.Normal(0.0, 1.0)))
    return Run(
        {"log_prob": own.log_prob(1.5), "divergence": distributions.kl_divergence(own, own)},
        also=lambda _: [kind, errors],
    )
