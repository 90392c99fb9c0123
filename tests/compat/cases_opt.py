"""Steps of the optimizers of tf.contrib.opt, with dense and sparse gradients. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.cases_training import attempt
from tests.compat.harness import Run, numbers, plain

ROWS = [0, 2, 2]


def losses(tf, resource):
    """A loss with dense gradients and one with sparse gradients, each with a variable of its own; rows repeat."""
    dense = tf.get_variable("dense", [3, 2], use_resource=resource)
    table = tf.get_variable("table", [4, 2], use_resource=resource)
    target = tf.constant(numbers((3, 2), "target", scale=2.0))
    rows = tf.gather(table, ROWS)
    return [tf.reduce_sum(tf.square(dense - target)), tf.reduce_sum(tf.square(rows + 1.0))]


def steps(tf, optimizer, kind, global_step=None, count=3):
    """What is in all variables after some steps; the kind says which loss and which variables."""
    loss = losses(tf, "resource" in kind)
    chosen = loss[1] if "sparse" in kind else loss[0]
    variable = tf.trainable_variables()[1 if "sparse" in kind else 0]
    train = optimizer.minimize(chosen, global_step=global_step, var_list=[variable])
    slots = list(optimizer.get_slot_names())
    return Run({"loss": chosen, "train": train}, steps=count, finals=True, also=lambda _: slots)


def case_nadam_dense(tf, contrib):
    return steps(tf, contrib.opt.NadamOptimizer(0.1), "dense")


def case_nadam_dense_resource(tf, contrib):
    return steps(tf, contrib.opt.NadamOptimizer(0.1, beta1=0.8), "dense resource")


def case_nadam_sparse(tf, contrib):
    return steps(tf, contrib.opt.NadamOptimizer(0.1), "sparse")


def case_nadam_sparse_resource(tf, contrib):
    return steps(tf, contrib.opt.NadamOptimizer(0.1), "sparse resource")


def case_adamax_dense(tf, contrib):
    return steps(tf, contrib.opt.AdaMaxOptimizer(0.1), "dense")


def case_adamax_dense_resource(tf, contrib):
    return steps(tf, contrib.opt.AdaMaxOptimizer(0.1, name="Other"), "dense resource")


def case_adamax_sparse(tf, contrib):
    return steps(tf, contrib.opt.AdaMaxOptimizer(0.1), "sparse")


def case_adamax_sparse_resource(tf, contrib):
    return steps(tf, contrib.opt.AdaMaxOptimizer(0.1), "sparse resource")


def with_global_step(tf, make, kind):
    step = tf.train.get_or_create_global_step()
    return steps(tf, make(step), kind, step)


def case_adam_gs_dense(tf, contrib):
    return with_global_step(tf, lambda step: contrib.opt.AdamGSOptimizer(step, 0.1), "dense")


def case_adam_gs_sparse(tf, contrib):
    return with_global_step(tf, lambda step: contrib.opt.AdamGSOptimizer(step, 0.1), "sparse")


def case_lazy_adam_gs_sparse(tf, contrib):
    return with_global_step(tf, lambda step: contrib.opt.LazyAdamGSOptimizer(step, 0.1), "sparse")


def case_lazy_adam_gs_sparse_resource(tf, contrib):
    return with_global_step(tf, lambda step: contrib.opt.LazyAdamGSOptimizer(step, 0.1), "sparse resource")


def case_lazy_adam_sparse(tf, contrib):
    return steps(tf, contrib.opt.LazyAdamOptimizer(0.1), "sparse")


def case_lazy_adam_sparse_resource(tf, contrib):
    return steps(tf, contrib.opt.LazyAdamOptimizer(0.1), "sparse resource")


def decay(contrib):
    import importlib

    return importlib.import_module(contrib.opt.__name__ + ".python.training.sign_decay")


def case_add_sign_dense(tf, contrib):
    return steps(tf, contrib.opt.AddSignOptimizer(0.05, alpha=1.5), "dense")


def case_add_sign_dense_resource(tf, contrib):
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.AddSignOptimizer(0.05, sign_decay_fn=decay(contrib).get_linear_decay_fn(4))
    return steps(tf, optimizer, "dense resource", step)


def case_add_sign_sparse(tf, contrib):
    return steps(tf, contrib.opt.AddSignOptimizer(0.05), "sparse")


def case_power_sign_dense(tf, contrib):
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.PowerSignOptimizer(0.05, base=2.0, sign_decay_fn=decay(contrib).get_cosine_decay_fn(5))
    return steps(tf, optimizer, "dense", step)


def case_power_sign_dense_resource(tf, contrib):
    return steps(tf, contrib.opt.PowerSignOptimizer(0.05), "dense resource")


def case_power_sign_sparse(tf, contrib):
    return steps(tf, contrib.opt.PowerSignOptimizer(0.05), "sparse")


def case_sign_decay(tf, contrib):
    functions = decay(contrib)
    made = {
        "linear": functions.get_linear_decay_fn(4),
        "cosine": functions.get_cosine_decay_fn(8, num_periods=1.5, zero_after=1),
        "restart": functions.get_restart_decay_fn(8, num_periods=2, zero_after=1.5),
    }
    found = {k: tf.stack([f(tf.constant(step, tf.int64)) for step in range(10)]) for k, f in made.items()}
    return Run(found, also=lambda _: [attempt(lambda f=f: f(None)) for f in made.values()])


def case_lars_dense(tf, contrib):
    return steps(tf, contrib.opt.LARSOptimizer(1.0, eeta=0.1, weight_decay=0.01), "dense")


def case_lars_dense_resource(tf, contrib):
    return steps(tf, contrib.opt.LARSOptimizer(0.1, skip_list=["dense"], use_nesterov=True), "dense resource")


def case_lars_sparse(tf, contrib):
    refused = [attempt(lambda: contrib.opt.LARSOptimizer(1.0, momentum=-1.0))]
    refused.append(attempt(lambda: contrib.opt.LARSOptimizer(1.0, weight_decay=-1.0)))
    run = steps(tf, contrib.opt.LARSOptimizer(0.1), "sparse")
    run.also = lambda _: refused
    return run


def case_lars_sparse_resource(tf, contrib):
    return steps(tf, contrib.opt.LARSOptimizer(0.1), "sparse resource")


def regularized(tf, contrib, kind):
    optimizer = contrib.opt.RegAdagradOptimizer(0.5)
    loss = losses(tf, "resource" in kind)["sparse" in kind]
    variable = tf.trainable_variables()["sparse" in kind]
    train = optimizer.minimize(loss, var_list=[variable])
    with optimizer.avoid_updating_slots(), tf.control_dependencies([train]):
        again = optimizer.minimize(loss * 0.5, var_list=[variable])
    return Run({"loss": loss, "train": again}, steps=2, finals=True)


def case_reg_adagrad_dense(tf, contrib):
    return regularized(tf, contrib, "dense")


def case_reg_adagrad_dense_resource(tf, contrib):
    return regularized(tf, contrib, "dense resource")


def case_reg_adagrad_sparse(tf, contrib):
    return regularized(tf, contrib, "sparse")


def case_reg_adagrad_sparse_resource(tf, contrib):
    return regularized(tf, contrib, "sparse resource")


def given(tf, optimizer, kind, **settings):
    """Steps with given gradients: those of a loss would be computed before or after the decay of weights, as it happens."""
    losses(tf, "resource" in kind)
    dense, table = tf.trainable_variables()
    gradient = tf.constant(numbers((3, 2), "gradient"))
    pairs = [(gradient, dense)]
    if "sparse" in kind:
        pairs = [(tf.IndexedSlices(gradient, tf.constant(ROWS), tf.constant([4, 2])), table)]
    return Run({"train": optimizer.apply_gradients(pairs, **settings)}, steps=3, finals=True)


def case_adam_with_weight_decay(tf, contrib):
    return given(tf, contrib.opt.AdamWOptimizer(0.01, 0.1), "dense")


def case_adam_with_weight_decay_resource(tf, contrib):
    return given(tf, contrib.opt.AdamWOptimizer(weight_decay=0.01, learning_rate=0.1), "dense resource")


def case_adam_with_weight_decay_sparse(tf, contrib):
    return given(tf, contrib.opt.AdamWOptimizer(0.01, 0.1), "sparse")


def case_momentum_with_weight_decay(tf, contrib):
    return given(tf, contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9), "dense")


def case_momentum_with_weight_decay_sparse(tf, contrib):
    return given(tf, contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9), "sparse")


def case_momentum_with_weight_decay_sparse_resource(tf, contrib):
    return given(tf, contrib.opt.MomentumWOptimizer(0.01, 0.1, 0.9, use_nesterov=True), "sparse resource")


def case_weight_decay_of_some_variables(tf, contrib):
    make = contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer)
    optimizer = make(weight_decay=0.5, learning_rate=0.1)
    first, second = tf.get_variable("first", [2]), tf.get_variable("second", [2])
    # a loss whose gradient does not depend on the variables, see `given`
    train = optimizer.minimize(tf.reduce_sum(first + 2.0 * second), decay_var_list=[first])
    again = optimizer.apply_gradients([(tf.ones([2]), first), (tf.ones([2]), second)], decay_var_list=[second])

    def also(session):
        found = []
        for operation in (train, again):
            session.run(operation)
            found.append(plain(session.run([first, second])))
        return [found, make.__mro__[1].__name__, optimizer.get_name()]

    return Run(also=also)


def case_shampoo_with_weight_decay(tf, contrib):
    import importlib

    path = contrib.opt.__name__ + ".python.training.weight_decay_optimizers"
    return given(tf, importlib.import_module(path).ShampooWOptimizer(0.01, 0), "dense")


def case_shampoo(tf, contrib):
    step = tf.train.get_or_create_global_step()
    return steps(
        tf, contrib.opt.ShampooOptimizer(step, gbar_decay=0.9, gbar_weight=0.1, learning_rate=0.5), "dense", step
    )


def case_shampoo_diagonal(tf, contrib):
    optimizer = contrib.opt.ShampooOptimizer(max_matrix_size=2, mat_gbar_decay=0.9, epsilon=0.1)
    return steps(tf, optimizer, "dense resource")


def case_shampoo_by_iteration(tf, contrib):
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.ShampooOptimizer(
        step, svd_interval=2, precond_update_interval=2, use_iterative_root=True, epsilon=0.1, learning_rate=0.1
    )
    return steps(tf, optimizer, "dense", step)


def case_shampoo_sparse(tf, contrib):
    return steps(tf, contrib.opt.ShampooOptimizer(max_matrix_size=2, epsilon=0.1), "sparse")


def case_shampoo_sparse_as_dense(tf, contrib):
    return steps(tf, contrib.opt.ShampooOptimizer(epsilon=0.1), "sparse resource", count=2)


def case_ggt(tf, contrib):
    loss = losses(tf, False)[0]
    other = tf.get_variable("other", [2])
    total = loss + tf.reduce_sum(tf.square(other - 2.0))
    dense = tf.trainable_variables()[0]
    train = contrib.opt.GGTOptimizer(0.1, window=3, eps=0.1).minimize(total, var_list=[dense, other])
    return Run({"loss": total, "train": train}, steps=4, finals=True)


def case_ggt_resource(tf, contrib):
    return steps(tf, contrib.opt.GGTOptimizer(0.1, window=4), "dense resource", count=5)


def clipping(tf, contrib, kind, dims, **settings):
    loss = losses(tf, "resource" in kind)["sparse" in kind]
    variable = tf.trainable_variables()["sparse" in kind]
    optimizer = contrib.opt.VariableClippingOptimizer(
        tf.train.MomentumOptimizer(0.1, 0.9), {variable: dims}, 0.6, **settings
    )
    train = optimizer.minimize(loss, var_list=[variable])
    slots = [optimizer.get_slot_names(), optimizer.get_slot(variable, "momentum").op.name]
    return Run({"loss": loss, "train": train}, steps=2, finals=True, also=lambda _: slots)


def case_variable_clipping_dense(tf, contrib):
    return clipping(tf, contrib, "dense", [1])


def case_variable_clipping_dense_resource(tf, contrib):
    return clipping(tf, contrib, "dense resource", [0, 1], colocate_clip_ops_with_vars=True)


def case_variable_clipping_sparse(tf, contrib):
    return clipping(tf, contrib, "sparse", [1])


def case_variable_clipping_sparse_over_rows(tf, contrib):
    return clipping(tf, contrib, "sparse", [0])


def case_drop_stale_gradients(tf, contrib):
    step = tf.train.get_or_create_global_step()
    loss = losses(tf, False)[0]
    optimizer = contrib.opt.DropStaleGradientOptimizer(tf.train.GradientDescentOptimizer(0.1), staleness=0)
    train = optimizer.minimize(loss, global_step=step, var_list=[tf.trainable_variables()[0]])
    return Run({"loss": loss, "dropped": train}, steps=2, finals=True, summaries=True)


def case_moving_averages(tf, contrib):
    optimizer = contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1), average_decay=0.5)
    early = attempt(optimizer.swapping_saver)
    w = tf.get_variable("w", initializer=numbers((3,), "w"))
    loss = tf.reduce_sum(tf.square(w - 2.0))
    train = optimizer.minimize(loss, var_list=[w])
    saver = optimizer.swapping_saver()
    missing = attempt(lambda: optimizer.swapping_saver([w]))

    def also(session):
        with tempfile.TemporaryDirectory() as folder:
            path = saver.save(session, os.path.join(folder, "model"))
            stored = {n: tf.train.load_variable(path, n) for n, _ in tf.train.list_variables(path)}
        return [early, missing, plain(stored)]

    return Run({"loss": loss, "train": train}, steps=2, finals=True, also=also, keep=True)


def case_multitask(tf, contrib):
    first, second = tf.get_variable("first", [2]), tf.get_variable("second", [2])
    which = tf.Variable(0.0, trainable=False, name="which")
    loss = which * tf.reduce_sum(tf.square(first)) + (1.0 - which) * tf.reduce_sum(tf.square(second))
    optimizer = contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.1, 0.9))
    pairs = optimizer.compute_gradients(loss)
    clipped, norm = contrib.opt.clip_gradients_by_global_norm(pairs, clip_norm=0.5)
    with tf.control_dependencies([norm]):
        train = optimizer.apply_gradients(clipped)
    with tf.control_dependencies([train]):
        switch = which.assign(1.0)
    refused = attempt(lambda: contrib.opt.MultitaskOptimizerWrapper("adam"))
    return Run({"norm": norm, "train": [train, switch]}, steps=2, finals=True, also=lambda _: refused)


def workers(tf, contrib, getter):
    """Variables of one worker."""
    with tf.variable_scope("net", custom_getter=getter):
        w = tf.get_variable("w", [3], initializer=tf.constant_initializer([1.0, 2.0, 3.0]))
        other = tf.get_variable("other", [1], trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return w, other


def trained(tf, train, start, step, hook=None, count=4):
    """Steps of one worker, after its variables are initialized."""
    everything = sorted(tf.global_variables() + tf.local_variables(), key=lambda v: v.op.name)

    def also(session):
        if hook is not None:
            hook.after_create_session(session, None)
        for operation in start:
            session.run(operation)
        found = []
        for _ in range(count):
            session.run(train)
            found.append(session.run({v.op.name: v for v in everything if "other" not in v.op.name}))
        return plain(found)

    return Run(also=also)


def case_elastic_averages(tf, contrib):
    getter = contrib.opt.ElasticAverageCustomGetter("/job:localhost/task:0")
    w, _ = workers(tf, contrib, getter)
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.ElasticAverageOptimizer(
        tf.train.MomentumOptimizer(0.1, 0.5), 1, getter, communication_period=2, moving_rate=0.4, rho=0.2
    )
    train = optimizer.minimize(tf.reduce_sum(tf.square(w - 5.0)), global_step=step)
    hook = optimizer.make_session_run_hook(True, 0)
    hook.begin()
    saver = optimizer.swapping_saver()
    run = trained(tf, train, [optimizer.get_init_op(0)], step, hook)
    inner = run.also

    def also(session):
        found = inner(session)
        with tempfile.TemporaryDirectory() as folder:
            path = saver.save(session, os.path.join(folder, "model"))
            return [found, plain({n: tf.train.load_variable(path, n) for n, _ in tf.train.list_variables(path)})]

    run.also = also
    return run


def case_accumulated_gradient_normalization(tf, contrib):
    getter = contrib.opt.AGNCustomGetter("/job:localhost/task:0")
    w, _ = workers(tf, contrib, getter)
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.AGNOptimizer(tf.train.AdagradOptimizer(0.5), 1, getter, communication_period=2)
    train = optimizer.minimize(tf.reduce_sum(tf.square(w - 5.0)), global_step=step)
    hook = optimizer.make_session_run_hook(True, 0)
    hook.begin()
    return trained(tf, train, [optimizer.get_init_op(0)], step, hook)


def case_model_averages(tf, contrib):
    getter = contrib.opt.ModelAverageCustomGetter("/job:localhost/task:0")
    w, _ = workers(tf, contrib, getter)
    step = tf.train.get_or_create_global_step()
    optimizer = contrib.opt.ModelAverageOptimizer(
        tf.train.GradientDescentOptimizer(0.1), 1, True, getter, interval_steps=2
    )
    train = optimizer.minimize(tf.reduce_sum(tf.square(w - 5.0)), global_step=step)
    hook = optimizer.make_session_run_hook()
    hook.begin()
    refused = [
        attempt(lambda: optimizer.apply_gradients([])),
        attempt(lambda: optimizer.apply_gradients([(w, w)])),
    ]
    run = trained(tf, train, [optimizer._chief_init_op, optimizer.get_init_op()], step)
    inner = run.also
    run.also = lambda session: [inner(session), refused]
    return run


def case_scipy(tf, contrib):
    x = tf.get_variable("x", initializer=[7.0, 7.0])
    y = tf.get_variable("y", initializer=3.0)
    loss = tf.reduce_sum(tf.square(x)) + tf.square(y - 1.0)
    optimizer = contrib.opt.ScipyOptimizerInterface(loss, options={"maxiter": 50})
    seen = []

    def also(session):
        session.run(tf.global_variables_initializer())
        optimizer.minimize(session, fetches=[loss], loss_callback=lambda value: seen.append(float(value)))
        return [np.round(np.abs(session.run(x)), 3).tolist(), round(float(session.run(y)), 3), round(seen[0], 3)]

    return Run(also=also, keep=True)


def case_scipy_with_constraints(tf, contrib):
    x = tf.get_variable("x", initializer=[7.0, 7.0])
    loss = tf.reduce_sum(tf.square(x))
    optimizer = contrib.opt.ScipyOptimizerInterface(
        loss, equalities=[x[1] - 2.0], inequalities=[x[0] - 1.0], method="SLSQP"
    )
    bounded = contrib.opt.ScipyOptimizerInterface(loss, var_to_bounds={x: ([1.0, 2.0], np.inf)})

    def also(session):
        session.run(tf.global_variables_initializer())
        with session.as_default():
            optimizer.minimize()
            found = [np.round(session.run(x), 3).tolist()]
            session.run(tf.global_variables_initializer())
            bounded.minimize()
        found.append(np.round(session.run(x), 3).tolist())
        for wrong in ({"bounds": []}, {"jac": False}):
            made = contrib.opt.ScipyOptimizerInterface(loss, **wrong)
            found.append(attempt(lambda made=made: made.minimize(session)))
        plain_interface = contrib.opt.ExternalOptimizerInterface(loss)
        return [*found, attempt(lambda: plain_interface.minimize(session))]

    return Run(also=also, keep=True)
