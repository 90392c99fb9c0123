"""Feature columns of tf.contrib.layers: linear models and inputs of networks. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.harness import Run, numbers, output_and_gradients


def features(tf):
    return {
        "age": tf.constant([[23.0], [41.0], [67.0]]),
        "point": tf.constant(numbers((3, 2), "point")),
        "job": sparse(tf, [["cook", "smith"], ["baker"], []]),
        "town": tf.constant([["Ulm"], ["Bonn"], [""]]),
        "level": sparse(tf, [[7], [], [12, 3]]),
        "weight": sparse(tf, [[0.5], [], [2.0, 1.5]]),
    }


def sparse(tf, rows):
    places = [[i, j] for i, row in enumerate(rows) for j in range(len(row))]
    return tf.SparseTensor(places, [value for row in rows for value in row], [len(rows), max(map(len, rows))])


def columns(layers):
    age = layers.real_valued_column("age", normalizer=lambda x: (x - 40.0) / 20.0)
    job = layers.sparse_column_with_hash_bucket("job", hash_bucket_size=11)
    town = layers.sparse_column_with_keys("town", keys=["Bonn", "Ulm", "Kiel"])
    level = layers.sparse_column_with_integerized_feature("level", bucket_size=5)
    return {
        "age": age,
        "point": layers.real_valued_column("point", dimension=2),
        "job": job,
        "town": town,
        "level": level,
        "weighted": layers.weighted_sparse_column(level, "weight"),
        "ages": layers.bucketized_column(age, [-0.5, 0.5, 0.5, 1.0]),
        "points": layers.bucketized_column(layers.real_valued_column("point", dimension=2), [-0.2, 0.3]),
    }


def linear(tf, contrib, names, more=(), outputs=2, **kwargs):
    chosen = [columns(contrib.layers)[name] for name in names] + list(more)
    output, _, bias = contrib.layers.weighted_sum_from_feature_columns(features(tf), chosen, outputs, **kwargs)
    return output_and_gradients(tf, output, fetches={"bias": bias})


def deep(tf, contrib, chosen, **kwargs):
    parts = {}
    output = contrib.layers.input_from_feature_columns(features(tf), chosen, cols_to_outs=parts, **kwargs)
    names = sorted((column.name, column.key.split("<function")[0], parts[column]) for column in parts)
    return output_and_gradients(
        tf, output, fetches={"parts": [n[2] for n in names]}, also=lambda _: [n[0] for n in names]
    )


def case_linear_model_of_all_columns(tf, contrib):
    return linear(tf, contrib, ["age", "point", "job", "town", "level", "weighted", "ages", "points"])


def case_linear_model_in_a_scope(tf, contrib):
    return linear(tf, contrib, ["age", "town"], outputs=1, scope="wide", weight_collections=["mine"])


def case_linear_model_of_one_variable(tf, contrib):
    chosen = [columns(contrib.layers)[name] for name in ("job", "town")]
    output, _, _ = contrib.layers.joint_weighted_sum_from_feature_columns(features(tf), chosen, 2)
    return output_and_gradients(tf, output)


def case_linear_model_with_crosses(tf, contrib):
    by = columns(contrib.layers)
    crossed = contrib.layers.crossed_column
    inner = crossed([by["town"], by["ages"]], hash_bucket_size=17)
    return linear(
        tf, contrib, ["age"], [inner, crossed([by["job"], inner], 23), crossed([by["job"], by["level"]], 9, hash_key=5)]
    )


def case_buckets_of_crosses(tf, contrib):
    by = columns(contrib.layers)
    inputs = [
        [by["job"], by["town"]],
        [by["town"], by["points"]],
        [by["level"], by["ages"], by["job"]],
        [by["job"], by["level"]],
    ]
    found = {}
    for i, crossed in enumerate(inputs):
        for key in (None, 7):
            column = contrib.layers.crossed_column(crossed, 1000003, hash_key=key)
            found["%d %s" % (i, key)] = contrib.layers.transform_features(features(tf), [column])[column]
    return Run({k: [t.indices, t.values, t.dense_shape] for k, t in found.items()})


def case_network_of_dense_columns(tf, contrib):
    by = columns(contrib.layers)
    one_hot = [contrib.layers.one_hot_column(by[name]) for name in ("job", "town", "weighted")]
    return deep(tf, contrib, [by["age"], by["point"], by["ages"], by["points"], *one_hot])


def case_network_of_embeddings(tf, contrib):
    by, layers = columns(contrib.layers), contrib.layers
    return deep(
        tf,
        contrib,
        [
            layers.embedding_column(by["job"], 3),
            layers.embedding_column(by["town"], 2, combiner="sqrtn", max_norm=0.5),
            layers.embedding_column(by["weighted"], 2, combiner="sum"),
            layers.embedding_column(layers.crossed_column([by["job"], by["town"]], 13), 2, trainable=False),
        ],
        scope="deep",
    )


def case_shared_embeddings(tf, contrib):
    layers = contrib.layers
    job = layers.sparse_column_with_hash_bucket("job", hash_bucket_size=7)
    town = layers.sparse_column_with_hash_bucket("town", hash_bucket_size=7)
    return deep(tf, contrib, layers.shared_embedding_columns([job, town], 2))


def case_scattered_embeddings(tf, contrib):
    layers = contrib.layers
    column = layers.scattered_embedding_column
    chosen = [
        column("job", 12, 3, hash_key=layers.SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY),
        column("job", 8, 2, 3, "sqrtn"),
    ]
    return deep(tf, contrib, chosen)


def case_embeddings_start_with_a_checkpoint(tf, contrib):
    folder = tempfile.mkdtemp()
    with tf.Graph().as_default(), tf.Session() as session:
        value = tf.Variable(numbers((11, 2), "saved"), name="saved")
        session.run(value.initializer)
        path = tf.train.Saver([value]).save(session, os.path.join(folder, "saved"))
    job = columns(contrib.layers)["job"]
    column = contrib.layers.embedding_column(job, 2, ckpt_to_load_from=path, tensor_name_in_ckpt="saved")
    return Run({"output": contrib.layers.input_from_feature_columns(features(tf), [column])}, keep=True)


def case_initial_values_of_embeddings(tf, contrib):
    tf.set_random_seed(3)
    embedding = contrib.layers.embedding_column(
        columns(contrib.layers)["job"], 40, initializer=tf.constant_initializer(0.25)
    )
    default = contrib.layers.embedding_column(columns(contrib.layers)["job"], 2)
    output = contrib.layers.input_from_feature_columns(features(tf), [embedding])
    return Run({"output": output}, keep=True, also=lambda _: [default.combiner, default.initializer.stddev])


def case_sequences(tf, contrib):
    layers = contrib.layers
    words = layers.sparse_column_with_keys("words", ["a", "b", "c"])
    inputs = {
        "words": sparse(tf, [["a", "b"], ["c"], ["b", "a"]]),
        "measured": tf.constant(numbers((3, 2, 4), "measured")),
    }
    chosen = [
        layers.embedding_column(words, 2),
        layers.one_hot_column(words),
        layers.real_valued_column("measured", dimension=4),
    ]
    return output_and_gradients(tf, layers.sequence_input_from_feature_columns(inputs, chosen))


def case_vocabulary_files_and_hash_keys(tf, contrib):
    layers = contrib.layers
    path = os.path.join(tempfile.mkdtemp(), "words")
    with open(path, "w") as f:
        f.write("cook\nbaker\n7\n")
    chosen = [
        layers.sparse_column_with_vocabulary_file("job", path, num_oov_buckets=3, vocab_size=2),
        layers.sparse_column_with_vocabulary_file("level", path, vocab_size=3, dtype=tf.int64),
        layers.sparse_column_with_hash_bucket("town", 9, hash_keys=[[1, 2], [3, 4]]),
        layers.sparse_column_with_hash_bucket("level", 9, dtype=tf.int64, combiner="mean"),
    ]
    found = [layers.transform_features(features(tf), [column])[column] for column in chosen]
    return Run({str(i): [t.indices, t.values, t.dense_shape] for i, t in enumerate(found)})


def case_parsed_examples(tf, contrib):
    layers = contrib.layers
    by = columns(layers)
    del by["ages"], by["points"]

    def example(age, job, level, weight):
        number = lambda v: tf.train.Feature(float_list=tf.train.FloatList(value=v))  # noqa: E731
        return tf.train.Example(
            features=tf.train.Features(
                feature={
                    "age": number([age]),
                    "point": number([age, 1.0]),
                    "job": tf.train.Feature(bytes_list=tf.train.BytesList(value=job)),
                    "town": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"Kiel"])),
                    "level": tf.train.Feature(int64_list=tf.train.Int64List(value=level)),
                    "weight": number(weight),
                }
            )
        ).SerializeToString()

    serialized = tf.constant([example(3.0, [b"cook"], [1, 2], [0.5, 1.0]), example(50.0, [], [9], [2.0])])
    tensors = layers.parse_feature_columns_from_examples(serialized, list(by.values()))
    spec = layers.create_feature_spec_for_parsing(list(by.values()))
    places = layers.make_place_holder_tensors_for_base_features(list(by.values()))
    output, _, _ = layers.weighted_sum_from_feature_columns(tensors, list(by.values()), 1)
    described = sorted((k, str(v)) for k, v in spec.items())
    named = sorted((k, str(p.dtype.name), str(getattr(p, "name", "sparse"))) for k, p in places.items())
    return output_and_gradients(tf, output, also=lambda _: [described, named])


def case_columns_in_core_functions(tf, contrib):
    by, layers = columns(contrib.layers), contrib.layers
    dense = [by["age"], by["points"], layers.embedding_column(by["job"], 2), layers.one_hot_column(by["town"])]
    output = tf.feature_column.input_layer(features(tf), dense)
    wide = tf.feature_column.linear_model(features(tf), [by["job"], by["weighted"], by["ages"], by["point"]])
    return output_and_gradients(tf, tf.concat([output, wide], 1))


def case_inferred_columns(tf, contrib):
    infer = contrib.layers.infer_real_valued_columns
    found = [infer(tf.zeros([3, 2])), infer({"b": tf.zeros([3]), "a": tf.zeros([3, 2, 4], tf.int32)})]
    return Run(also=lambda _: [str(c) for columns in found for c in columns])


def case_errors_of_columns(tf, contrib):
    layers = contrib.layers
    by = columns(layers)

    def attempt(function, *args, **kwargs):
        try:
            return str(function(*args, **kwargs))
        except Exception as error:
            return [
                type(error).__name__,
                str(error).split("(column")[0].split("column: _")[0].split("source_column: _")[0],
            ]

    found = [
        attempt(layers.real_valued_column, "x", dimension=None)[0],
        attempt(layers.real_valued_column, "x", dimension=0),
        attempt(layers.real_valued_column, "x", dtype=tf.string),
        attempt(layers.real_valued_column, "x", dimension=2, default_value=[1]),
        attempt(layers.real_valued_column, "x", default_value=1.5, dtype=tf.int32),
        attempt(layers.real_valued_column, "x", dimension=2, default_value=3),
        attempt(layers.sparse_column_with_hash_bucket, "x", 0),
        attempt(layers.sparse_column_with_hash_bucket, "x", 5, dtype=tf.float32),
        attempt(layers.sparse_column_with_hash_bucket, "x", 5, hash_keys=[1]),
        attempt(layers.sparse_column_with_vocabulary_file, "x", "file"),
        attempt(layers.bucketized_column, by["job"], [1.0]),
        attempt(layers.bucketized_column, by["age"], [1.0, 0.5]),
        attempt(layers.bucketized_column, by["age"], []),
        attempt(layers.crossed_column, [by["job"], by["age"]], 10),
        attempt(layers.crossed_column, [by["job"]], 10)[0],
        attempt(layers.crossed_column, [by["job"], by["town"]], 1),
        attempt(layers.embedding_column, by["job"], 2, ckpt_to_load_from="x"),
        attempt(layers.embedding_column, by["job"], 2, initializer=1),
        attempt(layers.weighted_sparse_column, by["job"], "w", tf.string),
        attempt(layers.shared_embedding_columns, [], 2),
        attempt(layers.shared_embedding_columns, [by["job"], by["town"]], 2),
        attempt(layers.shared_embedding_columns, "job", 2),
        attempt(layers.scattered_embedding_column, "x", 0, 2, 3),
        attempt(layers.check_feature_columns, {}),
        attempt(layers.check_feature_columns, [by["job"], by["job"]])[0],
        attempt(layers.input_from_feature_columns, features(tf), [by["job"]])[0],
        attempt(layers.weighted_sum_from_feature_columns, features(tf), [layers.embedding_column(by["job"], 2)], 1)[0],
        attempt(layers.sequence_input_from_feature_columns, {}, [by["ages"]])[0],
        [
            str(np.shape(by["job"].config)),
            by["ages"].name,
            by["ages"].length,
            by["weighted"].name,
            by["weighted"].length,
        ],
    ]
    return Run(also=lambda _: found)
