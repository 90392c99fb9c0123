"""Small numerical parts of tf.contrib: resampler, sparsemax, kernel_methods, integrate, signal. Runs on Python 3.7 as well."""

import importlib

import numpy as np

from tests.compat.cases_image import attempts, differentiated
from tests.compat.harness import Run, numbers

IMAGES = numbers((2, 4, 5, 3), "images")
LOGITS = numbers((4, 5), "logits", 2.0)


def case_resampler(tf, contrib):
    x = tf.constant(IMAGES)
    points = numbers((2, 3, 2, 2), "points", 2.0) + 1.5
    points[0, 0] = [[1.0, 2.0], [4.0, 3.0]]
    points[0, 1] = [[-0.4, 1.2], [4.7, 3.9]]
    points[1, 0] = [[-1.0, 1.0], [1e9, -1e9]]
    warp = tf.constant(points)
    output = contrib.resampler.resampler(x, warp)
    gradient = tf.gradients(tf.reduce_sum(tf.square(output)), warp)[0]
    return differentiated(tf, {"output": output}, x, warp=gradient)


def case_resampler_in_a_row_of_points(tf, contrib):
    module = importlib.import_module(contrib.resampler.__name__ + ".python.ops.resampler_ops")
    x = tf.placeholder(tf.float32, [None, None, None, 2])
    output = module.resampler(x, tf.constant([[0.5, 1.5]]))
    wrong = [([2, 2, 2], [2, 2]), ([1, 2, 2, 2], [2]), ([1, 2, 2, 2], [1, 3]), ([1, 2, 2, 2], [2, 2])]

    def also(session):
        # the operation of 1.15 looked at shapes when it ran, ours does when it is built
        runs = [lambda d=d, w=w: session.run(module.resampler(tf.zeros(d), tf.zeros(w))) for d, w in wrong]
        return [output.get_shape().as_list(), [found != "fine" for found in attempts(*runs)]]

    return Run({"output": output}, {x: IMAGES[:1, :, :, :2]}, also=also)


def case_sparsemax(tf, contrib):
    sparsemax = contrib.sparsemax
    x = tf.constant(LOGITS)
    p = sparsemax.sparsemax(x)
    loss = sparsemax.sparsemax_loss(x, p, tf.one_hot([0, 4, 2, 2], 5))
    far = tf.constant([[1.0, -np.inf, 0.5], [-np.inf, -np.inf, -np.inf], [np.inf, 1.0, 0.0], [np.nan, 1.0, 0.0]])
    odd = sparsemax.sparsemax(far)
    odd_loss = sparsemax.sparsemax_loss(far, odd, tf.one_hot([0, 1, 1, 0], 3))
    return differentiated(tf, {"p": p, "loss": loss}, x, odd=tf.as_string(odd), odd_loss=tf.as_string(odd_loss))


def case_random_fourier_features(tf, contrib):
    methods = contrib.kernel_methods
    mappers = [methods.RandomFourierFeatureMapper(5, 6, name="one"), methods.RandomFourierFeatureMapper(5, 3, 0.5, 7)]
    x = tf.constant(LOGITS)
    errors = attempts(lambda: mappers[0].map(x[0]), lambda: mappers[0].map(x[:, 1:]))
    facts = [mappers[0].name, mappers[1].name == str(id(mappers[1])), mappers[1].input_dim, mappers[1].output_dim]
    return Run({"mapped": [m.map(x) for m in mappers]}, also=lambda _: [errors, facts])


def case_multiclass_hinge_loss(tf, contrib):
    loss = contrib.kernel_methods.sparse_multiclass_hinge_loss
    x = tf.constant(LOGITS)
    labels = tf.constant([0, 4, 2, 2])
    outputs = {
        "plain": loss(labels, x),
        "column": loss(tf.constant([[0], [4], [2], [1]], tf.int64), x, weights=[[1.0], [0.0], [2.0], [0.5]]),
        "none": loss(labels, x, 2.0, "name", None, tf.losses.Reduction.NONE),
    }
    errors = attempts(
        lambda: loss(labels, x[0]),
        lambda: loss(tf.constant([0.0]), x),
        lambda: loss(tf.constant([[[0]]]), x),
        lambda: loss(labels, x, weights=tf.zeros([1, 1, 1])),
        lambda: loss(labels, x, weights=tf.zeros([3])),
    )
    gradient = tf.gradients(outputs["none"] + outputs["column"], x)
    return Run(dict(outputs, gradient=gradient), also=lambda _: errors)


def case_adaptive_integration(tf, contrib):
    odeint = contrib.integrate.odeint
    start, rate = tf.constant([1.0, 0.5], tf.float64), tf.constant(0.7, tf.float64)

    def swing(y, t):
        return tf.stack([y[1], -rate * y[0] + 0.1 * tf.cast(tf.sin(t), tf.float64)])

    states, steps = odeint(swing, start, [0.0, 0.5, 3.0], full_output=True)
    options = {"first_step": 0.1, "safety": 0.8, "max_num_steps": 200}
    turning = odeint(
        lambda y, _: 1j * y, tf.constant(1 + 0j, tf.complex64), tf.constant([0.0, np.pi]), 1e-3, 1e-4, "dopri5", options
    )
    decay = odeint(lambda y, _: -y, 1.0, [0, 1, 2.0])
    found = dict(steps, states=states, decay=decay, turned=[tf.real(turning), tf.imag(turning)])
    found["gradients"] = tf.gradients(states[-1, 0], [start, rate])
    described = [[t.get_shape().as_list(), t.dtype.name] for t in (states, turning, decay)]
    return Run(found, also=lambda _: described)


def case_integration_by_fixed_steps(tf, contrib):
    odeint_fixed = contrib.integrate.odeint_fixed
    start = tf.constant([[1.0], [0.5]])

    def growth(y, t):
        return y * (1 - y) + tf.cast(t, y.dtype)

    times = tf.constant([0.0, 0.5, 1.5, 1.75], tf.float64)
    outputs = {
        "rk4": odeint_fixed(growth, start, times),
        "midpoint": odeint_fixed(growth, start, times, dt=0.2, method="midpoint"),
        "each": odeint_fixed(growth, start, times, dt=tf.constant([0.1, 0.5, 0.25], tf.float64)),
        "plain": odeint_fixed(growth, start, [0.0, 0.5, 1.0]),
    }
    return differentiated(tf, outputs, start)


def case_wrong_integrations_are_refused(tf, contrib):
    integrate = contrib.integrate
    found = attempts(
        lambda: integrate.odeint(lambda y, _: y, 1.0, [0.0, 1.0], method="euler"),
        lambda: integrate.odeint(lambda y, _: y, 1.0, [0.0, 1.0], options={}),
        lambda: integrate.odeint(lambda y, _: y, 1.0, [0.0, 1.0], method="dopri5", options={"unknown": 1}),
        lambda: integrate.odeint(lambda y, _: y, 1, [0.0, 1.0]),
        lambda: integrate.odeint(lambda y, _: y, 1.0, tf.constant([0, 1])),
        lambda: integrate.odeint_fixed(lambda y, _: y, 1.0, [0.0, 1.0], method="euler"),
        lambda: integrate.odeint_fixed(lambda y, _: y, 1, [0.0, 1.0]),
        lambda: integrate.odeint_fixed(lambda y, _: y, 1.0, [0.0, 1.0], dt=[0.1, 0.1, 0.1]),
        lambda: integrate.odeint_fixed(lambda y, _: y, 1.0, [0.0, 1.0, 2.0], dt=[0.1, 0.1, 0.1]),
        lambda: integrate.odeint_fixed(lambda y, _: y, 1.0, [[0.0], [1.0]]),
    )
    backwards = integrate.odeint(lambda y, _: y, 1.0, [1.0, 0.0])
    failing = integrate.odeint(lambda y, _: y * y, 1.0, [0.0, 2.0])

    def also(session):
        return [found, attempts(lambda: session.run(backwards), lambda: session.run(failing))]

    return Run(also=also)


def case_signal(tf, contrib):
    signal = contrib.signal
    x = tf.constant(numbers((2, 32), "signal"))
    frames = signal.frame(x, 8, 4, pad_end=True)
    spectrum = signal.stft(x, 8, 4, fft_length=8)
    mel = tf.matmul(
        tf.reshape(tf.abs(spectrum), [-1, 5]), signal.linear_to_mel_weight_matrix(3, 5, 8000, 100.0, 3000.0)
    )
    inverse = signal.inverse_stft(spectrum, 8, 4, window_fn=signal.inverse_stft_window_fn(4, signal.hamming_window))
    return Run(
        {
            "frames": frames,
            "again": signal.overlap_and_add(frames, 4),
            "spectrum": [tf.real(spectrum), tf.imag(spectrum)],
            "inverse": inverse,
            "mel": mel,
            "mfcc": signal.mfccs_from_log_mel_spectrograms(tf.log(mel + 0.1)),
            "windows": [signal.hann_window(6), signal.hamming_window(5, periodic=False)],
        }
    )
