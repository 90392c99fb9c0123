"""tf.contrib.eager, run eagerly. Runs on Python 3.7 as well."""

from tests.compat.harness import plain


def results(tf, eager):
    from tensorflow.python.eager import context

    with context.eager_mode():
        v = eager.Variable([1.0, 2.0], name="v")
        w = tf.constant([3.0, -1.0])

        def loss(x):
            return tf.reduce_sum(x * x * v)

        value, gradients = eager.value_and_gradients_function(loss)(w)
        implicit_value, implicit = eager.implicit_value_and_gradients(loss)(w)
        with eager.GradientTape() as tape:
            tape.watch(w)
            y = loss(w)
        found = {
            "value": [value, implicit_value, y],
            "gradients": [gradients, eager.gradients_function(loss)(w), tape.gradient(y, w)],
            "implicit": [g for g, _ in implicit] + [g for g, _ in eager.implicit_gradients(loss)(w)],
            "defun": eager.defun(loss)(w),
            "py_func": eager.py_func(lambda x: x + 1, [w], tf.float32),
            "iterated": [*eager.Iterator(tf.data.Dataset.range(3)), eager.Iterator(tf.data.Dataset.range(7, 9)).next()],
            "custom": eager.custom_gradient(lambda x: (x * 2, lambda dy: dy * 5))(w),
        }
        found = {k: tf.nest.map_structure(lambda t: t.numpy(), v) for k, v in found.items()}
        found["modes"] = [
            eager.executing_eagerly(),
            eager.in_eager_mode(),
            eager.num_gpus(),
            [d[-5:] for d in eager.list_devices()][:1],
        ]
        return plain(found)
