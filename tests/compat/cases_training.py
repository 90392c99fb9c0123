"""Queues, resampling and placement of tf.contrib.training. Runs on Python 3.7 as well."""

import numpy as np

from tests.compat.harness import Run, numbers


def with_queues(tf, session, function):
    """The result of a function while queue runners run."""
    coordinator = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess=session, coord=coordinator)
    try:
        return function()
    finally:
        coordinator.request_stop()
        coordinator.join(threads, stop_grace_period_secs=10, ignore_live_threads=True)


def until_the_end(tf, session, fetches):
    """All results up to the end of the input."""
    results = []
    while True:
        try:
            results.append(session.run(fetches))
        except tf.errors.OutOfRangeError:
            return results


def counted(tf, limit):
    """0, 1, 2, … as int32 scalars, one a step, up to the limit."""
    return tf.cast(tf.train.range_input_producer(limit, num_epochs=1, shuffle=False, capacity=1).dequeue(), tf.int32)


def case_buckets(tf, contrib):
    number = counted(tf, 12)
    which, batch = contrib.training.bucket(
        [number, tf.cast(number, tf.float32) * 0.5],
        number % 3,
        batch_size=2,
        num_buckets=3,
        capacity=8,
        keep_input=number < 11,
        name="kept",
    )

    def also(session):
        found = with_queues(tf, session, lambda: until_the_end(tf, session, [which, batch]))
        return sorted([int(w), b[0], b[1]] for w, b in plain(found))

    return Run(also=also, summaries=True)


def plain(value):
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value.tolist() if hasattr(value, "tolist") else value


def case_buckets_of_dictionaries(tf, contrib):
    number = counted(tf, 7)
    values = {"dense": number, "sparse": tf.SparseTensor([[0]], tf.expand_dims(number, 0), [2])}
    which, batch = contrib.training.bucket(
        values, tf.cast(number > 3, tf.int32), [2, 3], 2, capacity=8, allow_smaller_final_batch=True
    )
    fetched = [which, batch["dense"], batch["sparse"].values, batch["sparse"].dense_shape]

    def also(session):
        found = plain(with_queues(tf, session, lambda: until_the_end(tf, session, fetched)))
        return [sorted(found), batch["dense"].shape.as_list()]

    return Run(also=also)


def case_buckets_by_length(tf, contrib):
    length = counted(tf, 9) + 1
    text = tf.fill([length], length)
    lengths, batch = contrib.training.bucket_by_sequence_length(
        length, [text], 2, [3, 6], capacity=8, dynamic_pad=True, bucket_capacities=[4, 5, 6]
    )

    def also(session):
        found = plain(with_queues(tf, session, lambda: until_the_end(tf, session, [lengths, batch[0]])))
        return [sorted(found), lengths.shape.as_list(), batch[0].shape.as_list()]

    return Run(also=also)


def attempt(function):
    try:
        function()
    except Exception as error:
        return type(error).__name__
    return "accepted"


def case_buckets_that_are_refused(tf, contrib):
    training, x = contrib.training, tf.constant(1)
    outcomes = [
        attempt(lambda: training.bucket([x], 0, [1, 2], 3)),
        attempt(lambda: training.bucket([x], 0, 1, 2, bucket_capacities=[1])),
        attempt(lambda: training.bucket([], 0, 1, 2)),
        attempt(lambda: training.bucket_by_sequence_length(x, [x], 1, 3)),
        attempt(lambda: training.bucket_by_sequence_length(x, [x], 1, [])),
        attempt(lambda: training.bucket_by_sequence_length(x, [x], 1, [2.0, 3.0])),
        attempt(lambda: training.bucket_by_sequence_length(x, [x], 1, [3, 2])),
        attempt(lambda: training.bucket([tf.placeholder(tf.int32)], 0, 1, 2)),
    ]
    return Run(also=lambda _: outcomes)


def case_rejection(tf, contrib):
    number = counted(tf, 10)
    kept = contrib.training.rejection_sample(
        [number], lambda x: tf.cast(tf.equal(x[0] % 2, 0), tf.float32), batch_size=2, runtime_checks=True
    )
    rows = [tf.reshape(tf.range(6), [6, 1]), tf.range(6)]
    all_of_them = contrib.training.rejection_sample(rows, lambda x: 1.0, batch_size=3, enqueue_many=True)

    def also(session):
        def run():
            both = session.run(all_of_them)
            return [until_the_end(tf, session, kept), [b.tolist() for b in both]]

        return plain(with_queues(tf, session, run))

    return Run(also=also)


def case_stratified(tf, contrib):
    label = counted(tf, 12) % 3
    # with such probabilities, class 1 is always kept and the others never
    batch, labels = contrib.training.stratified_sample(
        [tf.cast(label, tf.float32)], label, [0.0, 1.0, 0.0], batch_size=2, init_probs=[0.3, 0.3, 0.4]
    )
    return Run(also=lambda s: plain(with_queues(tf, s, lambda: until_the_end(tf, s, [batch, labels]))))


def case_stratified_with_an_estimate(tf, contrib):
    labels = tf.constant([0, 1, 1, 1])
    batch, kept = contrib.training.stratified_sample(
        [tf.constant(numbers((4, 2), "stratified"))], labels, [1.0, 0.0], batch_size=3, enqueue_many=True
    )

    def also(session):
        found = plain(with_queues(tf, session, lambda: session.run([batch, kept])))
        counts = [v.op.name for v in tf.global_variables()]
        return [found, counts]

    return Run(also=also)


def case_stratified_with_wrong_labels(tf, contrib):
    outcomes = [
        attempt(lambda: contrib.training.stratified_sample([tf.constant(1)], 0, [0.5, 0.5], 1, init_probs=[1.0])),
        attempt(
            lambda: contrib.training.stratified_sample([tf.ones([2])], tf.zeros([3], tf.int32), [1.0], 1, [1.0], True)
        ),
    ]
    return Run(also=lambda _: outcomes)


def case_resampling(tf, contrib):
    rows, rates = tf.constant(numbers((5, 2), "rows")), tf.constant([0.0, 1e-9, 0.5, 2.0, 3.0])
    picked = contrib.training.resample_at_rate([rows, rates], rates, seed=3)
    none = contrib.training.resample_at_rate([rows], tf.zeros([5]))

    def also(session):
        found, kept = session.run(picked)
        table = session.run(rows).tolist()
        once = sorted({table.index(row) for row in found.tolist()})
        return [once[-1], len(found) == len(kept), session.run(none)[0].shape, 0 in once or 1 in once]

    return Run(also=also)


def case_weighted_resampling(tf, contrib):
    rows, weights = tf.reshape(tf.range(2000.0), [1000, 2]), tf.constant(np.linspace(0, 4, 1000), tf.float32)
    (picked,), rates = contrib.training.weighted_resample([rows], weights, 0.5, mean_decay=0.0, seed=2)

    def also(session):
        found, rate, mean = session.run([picked, rates, tf.local_variables()[0]])
        index = found[:, 0] / 2
        close = np.allclose(rate, np.linspace(0, 4, 1000)[index.astype(int)] * 0.5 / 2, atol=1e-4)
        return [400 < len(found) < 600, bool(close), bool(abs(mean - 2) < 0.01), float(rate.mean()) > 1.1]

    return Run(also=also)


def case_placement(tf, contrib):
    training = contrib.training
    greedy = training.GreedyLoadBalancingStrategy(3, training.byte_size_load_fn)
    random = training.RandomStrategy(4, seed=7)
    device = tf.train.replica_device_setter(3, ps_strategy=greedy)
    with tf.Graph().as_default(), tf.device(device):
        shapes = ([4, 4], [2], [3, 3], [10], [1], [6])
        made = [tf.Variable(tf.zeros(s), name="v%d" % i) for i, s in enumerate(shapes)]
    refused = attempt(lambda: training.byte_size_load_fn(tf.no_op()))
    places = [v.device for v in made]
    return Run(also=lambda _: [places, [int(random(v.op)) for v in made], refused])
