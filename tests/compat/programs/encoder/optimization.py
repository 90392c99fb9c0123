"""Adam with decoupled weight decay, a warm-up and a linear decay of the learning rate."""

import re

import tensorflow as tf


def create_train_op(loss, peak, steps, warmup_steps, use_tpu):
    global_step = tf.train.get_or_create_global_step()
    rate = tf.train.polynomial_decay(tf.constant(peak, shape=[], dtype=tf.float32), global_step, steps, 0.0, power=1.0)
    if warmup_steps:
        done = tf.cast(global_step, tf.float32) / float(warmup_steps)
        warming = tf.cast(tf.to_int32(global_step) < warmup_steps, tf.float32)
        rate = (1.0 - warming) * rate + warming * peak * done
    optimizer = DecayedAdam(rate, decay=0.01, without_decay=["norm", "bias"])
    if use_tpu:
        optimizer = tf.contrib.tpu.CrossShardOptimizer(optimizer)
    variables = tf.trainable_variables()
    gradients, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), clip_norm=1.0)
    train_op = optimizer.apply_gradients(list(zip(gradients, variables)), global_step=global_step)
    # the rate must be read before the step is counted
    with tf.control_dependencies([train_op]):
        return tf.group(global_step.assign(global_step + 1)), rate


class DecayedAdam(tf.train.Optimizer):
    def __init__(self, rate, decay=0.0, beta_1=0.9, beta_2=0.99, epsilon=1e-3, without_decay=None, name="DecayedAdam"):
        super(DecayedAdam, self).__init__(False, name)
        self.rate = rate
        self.decay = decay
        self.betas = beta_1, beta_2
        self.epsilon = epsilon
        self.without_decay = without_decay

    def apply_gradients(self, grads_and_vars, global_step=None, name=None):
        assignments = []
        for gradient, variable in grads_and_vars:
            if gradient is None or variable is None:
                continue
            own_name = re.sub(":\\d+$", "", variable.name)
            m, v = (self.moment(own_name + "/" + kind, variable) for kind in ("first", "second"))
            beta_1, beta_2 = self.betas
            next_m = tf.multiply(beta_1, m) + tf.multiply(1.0 - beta_1, gradient)
            next_v = tf.multiply(beta_2, v) + tf.multiply(1.0 - beta_2, tf.square(gradient))
            update = next_m / (tf.sqrt(next_v) + self.epsilon)
            if self.decays(own_name):
                update += self.decay * variable
            assignments += [variable.assign(variable - self.rate * update), m.assign(next_m), v.assign(next_v)]
        return tf.group(*assignments, name=name)

    def moment(self, name, variable):
        shape = variable.shape.as_list()
        return tf.get_variable(name, shape, tf.float32, tf.zeros_initializer(), trainable=False)

    def decays(self, name):
        return bool(self.decay) and not any(re.search(part, name, re.I) for part in self.without_decay or [])
