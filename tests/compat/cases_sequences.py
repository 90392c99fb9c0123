"""Batches of segments of long sequences, tf.contrib.training. Runs on Python 3.7 as well."""

from tests.compat.cases_training import attempt, counted, plain, with_queues
from tests.compat.harness import Run


def sequence(tf, length):
    return tf.cast(tf.range(length), tf.float32) + 1


def keys(tf):
    """Another key for each sequence: segments of two sequences with one key would clash."""
    return tf.string_join(["number ", tf.as_string(counted(tf, 3))])


def case_segments_with_states(tf, contrib):
    batch = contrib.training.batch_sequences_with_states(
        input_key=keys(tf),
        input_sequences={"x": sequence(tf, 5), "y": tf.reshape(tf.range(10), [5, 2])},
        input_context={"label": tf.constant([7, 8])},
        input_length=None,
        initial_states={"sum": tf.constant(0.5)},
        num_unroll=2,
        batch_size=1,
        num_threads=1,
        capacity=1,
    )
    state = batch.state("sum") + tf.reduce_sum(batch.sequences["x"], 1)
    train = batch.save_state("sum", state)
    names = (
        "total_length",
        "length",
        "batch_size",
        "key",
        "next_key",
        "sequence",
        "sequence_count",
        "context",
        "sequences",
    )

    def also(session):
        def run():
            found = []
            for _ in range(4):
                values = session.run([{n: getattr(batch, n) for n in names}, batch.state("sum"), state, train])
                found.append(values[:3])
            return found

        shapes = {k: v.shape.as_list() for k, v in sorted(batch.sequences.items())}
        return [with_queues(tf, session, run), shapes, batch.context["label"].shape.as_list()]

    return Run(also=also, summaries=True)


def case_sparse_sequences(tf, contrib):
    sparse = tf.SparseTensor([[0, 1], [2, 0], [3, 3]], [1.0, 2.0, 3.0], [4, 4])
    label = tf.SparseTensor([[1]], [5], [3])
    batch = contrib.training.batch_sequences_with_states(
        keys(tf),
        {"x": sequence(tf, 4), "sparse": sparse},
        {"label": label},
        tf.constant(4),
        {"state": tf.zeros([2])},
        num_unroll=2,
        batch_size=1,
        num_threads=1,
        capacity=1,
        pad=False,
    )
    train = batch.save_state("state", batch.state("state") + 1.0)
    found = [batch.sequences["sparse"], batch.context["label"], batch.sequences["x"], batch.state("state")]

    def also(session):
        def run():
            return [session.run([found, train])[0] for _ in range(3)]

        values = with_queues(tf, session, run)
        return plain([[[list(v) if isinstance(v, tuple) else v for v in step] for step in values]])

    return Run(also=also)


def case_saver_by_hand(tf, contrib):
    lengths = tf.constant([3, 4])
    which = tf.Variable(0, trainable=False, name="which")
    saver = contrib.training.SequenceQueueingStateSaver(
        batch_size=2,
        num_unroll=2,
        input_length=lengths[which],
        input_key=tf.as_string(which),
        input_sequences={"x": tf.reshape(tf.range(4), [4, 1]) + 10 * which},
        input_context={},
        initial_states={"a": tf.constant([1]), "b": tf.constant(2.0)},
        capacity=2,
    )
    batch = saver.next_batch
    train = [batch.save_state("a", batch.state("a") + 1), batch.save_state("b", batch.state("b") * 2)]
    found = [batch.key, batch.length, batch.sequences["x"], batch.state("a"), batch.state("b"), batch.insertion_index]
    close = saver.close()

    def also(session):
        session.run(saver.prefetch_op)
        session.run(which.assign_add(1))
        session.run(saver.prefetch_op)
        values = [plain(session.run([found, train])[0]) for _ in range(2)]
        session.run(close)
        try:
            session.run(found)
        except (tf.errors.OutOfRangeError, tf.errors.CancelledError) as error:
            values.append(type(error).__name__)
        return [values, saver.num_unroll, saver.batch_size]

    return Run(also=also)


def case_sequences_that_are_refused(tf, contrib):
    training = contrib.training

    def batch(**changes):
        arguments = {
            "input_key": tf.constant("k"),
            "input_sequences": {"x": sequence(tf, 4)},
            "input_context": {},
            "input_length": tf.constant(4),
            "initial_states": {"s": tf.constant(1)},
            "num_unroll": 2,
            "batch_size": 1,
        }
        arguments.update(changes)
        return training.batch_sequences_with_states(**arguments)

    outcomes = [
        attempt(batch),
        attempt(lambda: batch(initial_states={})),
        attempt(lambda: batch(initial_states={"a:b": tf.constant(1)})),
        attempt(lambda: batch(input_sequences={})),
        attempt(lambda: batch(input_sequences={3: sequence(tf, 4)})),
        attempt(lambda: batch(num_unroll="2")),
        attempt(lambda: batch(capacity=1, batch_size=2)),
        attempt(lambda: batch(input_key=tf.constant(1))),
        attempt(lambda: batch(input_length=tf.constant(4.0))),
        attempt(lambda: batch(input_context={"c": tf.placeholder(tf.float32)})),
        attempt(lambda: batch().save_state("other", tf.constant([1]))),
    ]
    return Run(also=lambda _: outcomes)


def case_a_sequence_that_is_shorter_than_its_length(tf, contrib):
    saver = contrib.training.SequenceQueueingStateSaver(
        1, 2, tf.constant(9), tf.constant("k"), {"x": sequence(tf, 4)}, {}, {"s": tf.constant(1)}
    )
    return Run(also=lambda session: attempt(lambda: session.run(saver.prefetch_op)))
