"""tf.contrib.data. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.cases_image import attempts
from tests.compat.harness import Run


def elements(tf, sets, limit=12):
    """All elements of data sets by name, with their types and shapes."""
    nexts = {name: tf.data.make_one_shot_iterator(dataset).get_next() for name, dataset in sets.items()}

    def also(session):
        found = {}
        for name, dataset in sorted(sets.items()):
            types, shapes = tf.data.get_output_types(dataset), tf.data.get_output_shapes(dataset)
            found[name] = [[str(t) for t in tf.nest.flatten(types)], [str(s) for s in tf.nest.flatten(shapes)]]
            while len(found[name]) < limit:
                try:
                    found[name].append(session.run(nexts[name]))
                except tf.errors.OutOfRangeError:
                    break
        return found

    return Run(also=also)


def case_windows(tf, contrib):
    data = contrib.data
    base = tf.data.Dataset.range(6)
    pairs = base.map(lambda x: {"x": x, "y": tf.fill([2], tf.cast(x, tf.float32))})
    run = elements(
        tf,
        {
            "shifted by one": base.apply(data.sliding_window_batch(3)),
            "stride": base.apply(data.sliding_window_batch(window_size=3, stride=2)),
            "apart": base.apply(data.sliding_window_batch(2, window_shift=1, window_stride=2)),
            "nested": pairs.apply(data.sliding_window_batch(4, window_shift=3)),
            "chained": base.apply(data.sliding_window_batch(2)).map(tf.reduce_sum).batch(2),
        },
    )
    errors = attempts(lambda: data.sliding_window_batch(3, 1, 1))
    return Run(also=lambda session: [run.also(session), errors])


def case_shapes(tf, contrib):
    data = contrib.data
    unknown = tf.data.Dataset.from_generator(lambda: iter([[1, 2], [3, 4]]), tf.int64)
    pair = tf.data.Dataset.range(2).map(lambda x: (tf.fill([2, 3], x), x))
    wrong = unknown.apply(data.assert_element_shape(tf.TensorShape([3])))
    iterator = tf.data.make_one_shot_iterator(wrong).get_next()
    run = elements(
        tf,
        {
            "now known": unknown.apply(data.assert_element_shape(tf.TensorShape([2]))),
            "pair": pair.apply(data.assert_element_shape((tf.TensorShape([None, 3]), tf.TensorShape([])))),
            "anything": pair.apply(data.assert_element_shape((tf.TensorShape(None), tf.TensorShape([])))),
        },
    )
    errors = attempts(lambda: pair.apply(data.assert_element_shape((tf.TensorShape([2, 4]), tf.TensorShape([])))))

    def also(session):
        return [run.also(session), errors, attempts(lambda: session.run(iterator))]

    return Run(also=also)


def case_examples_in_files(tf, contrib):
    data = contrib.data
    path = os.path.join(tempfile.mkdtemp(), "records")
    with tf.python_io.TFRecordWriter(path) as writer:
        for i in range(5):
            feature = {
                "a": tf.train.Feature(int64_list=tf.train.Int64List(value=[i])),
                "b": tf.train.Feature(float_list=tf.train.FloatList(value=[0.5] * i)),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    features = {"a": tf.FixedLenFeature([], tf.int64), "b": tf.VarLenFeature(tf.float32)}
    batch = data.read_batch_features(path, 2, features, randomize_input=False, num_epochs=2)
    sets = data.make_batched_features_dataset(path, 3, features, shuffle=False, num_epochs=1, label_key="a")
    labels = tf.data.make_one_shot_iterator(sets).get_next()[1]
    values = [batch["a"], batch["b"].values, batch["b"].indices, labels]

    def also(session):
        return [session.run(values) for _ in range(2)]

    return Run(also=also)


def case_tables_in_files(tf, contrib):
    data = contrib.data
    path = os.path.join(tempfile.mkdtemp(), "table.csv")
    with open(path, "w") as f:
        f.write("a,b,c\n" + "\n".join("%d,%g,w%d" % (i, i / 4.0, i) for i in range(6)) + "\n")
    batches = data.make_csv_dataset(path, 2, label_name="b", shuffle=False, num_epochs=1)
    lines = data.CsvDataset(path, [tf.int32, tf.float32], header=True, select_cols=[0, 1])
    return elements(tf, {"batches": batches, "lines": lines})


def case_mixtures(tf, contrib):
    data = contrib.data
    sets = [tf.data.Dataset.from_tensors(i).repeat() for i in range(3)]
    chosen = data.choose_from_datasets(sets, tf.data.Dataset.from_tensor_slices(np.array([2, 0, 1, 1], np.int64)))
    sparse = tf.data.Dataset.range(3).map(lambda x: tf.fill([x], x)).apply(data.dense_to_sparse_batch(2, [4]))
    return elements(
        tf,
        {
            "chosen": chosen,
            "sampled": data.sample_from_datasets(sets, [0.2, 0.3, 0.5], seed=3).take(8),
            "counted": data.Counter(start=3, step=2).take(3),
            "random": data.RandomDataset(seed=4).take(3),
            "reduced": tf.data.Dataset.range(6).apply(
                data.group_by_reducer(
                    lambda x: x % 2,
                    data.Reducer(lambda _: tf.constant(0, tf.int64), lambda state, x: state + x, lambda state: state),
                )
            ),
            "resampled": tf.data.Dataset.range(20)
            .apply(data.rejection_resample(lambda x: tf.cast(x % 2, tf.int32), [0.9, 0.1], [0.5, 0.5], seed=2))
            .take(3),
            "sparse": sparse.map(lambda x: tf.reshape(tf.sparse.to_dense(x, default_value=-1), [-1, 4])),
            "numbers": tf.data.Dataset.from_tensor_slices([1.0, 0.0, 2.0])
            .map(lambda x: tf.check_numerics(1.0 / x, "bad"))
            .apply(data.ignore_errors()),
        },
    )
