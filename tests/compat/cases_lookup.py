"""Tables of tf.contrib.lookup. Runs on Python 3.7 as well."""

import os
import tempfile

import numpy as np

from tests.compat.harness import Run

WORDS = ["emerson", "lake", "palmer"]
ASKED = ["lake", "and", "palmer", "or"]


def case_hash_table(tf, contrib):
    lookup = contrib.lookup
    initializer = lookup.KeyValueTensorInitializer(tf.constant(WORDS), tf.constant([1.5, 2.5, 3.5]))
    table = lookup.HashTable(initializer, -1.0, name="weights")
    sparse = tf.SparseTensor([[0, 1], [2, 0]], ["palmer", "x"], [3, 2])
    found = {
        "dense": table.lookup(tf.constant([ASKED])),
        "sparse": table.lookup(sparse).values,
        "size": table.size(),
    }
    keys, values = table.export()

    def also(session):
        session.run(table.init)
        pairs = sorted(zip(*session.run([keys, values])))
        types = [table.key_dtype.name, table.value_dtype.name]
        return [pairs, table.name, types, found["dense"].shape.as_list()]

    return Run(found, also=also)


def case_shared_hash_table(tf, contrib):
    lookup = contrib.lookup
    tables = [
        lookup.HashTable(lookup.KeyValueTensorInitializer([1, 2], [3, 4], tf.int64, tf.int64), 0, shared_name="one")
        for _ in range(2)
    ]
    tf.get_collection_ref(tf.GraphKeys.TABLE_INITIALIZERS).pop()
    return Run({"second": tables[1].lookup(tf.constant([2, 5], tf.int64))}, also=lambda _: [t.name for t in tables])


def case_tables_from_tensors(tf, contrib):
    lookup = contrib.lookup
    asked = tf.constant(ASKED)
    numbers = tf.constant([7, 9, 11], tf.int64)
    table = lookup.index_table_from_tensor(numbers, default_value=5, dtype=tf.int64)
    salted = lookup.StrongHashSpec([1, 2])
    return Run(
        {
            "index": lookup.index_table_from_tensor(tf.constant(WORDS), default_value=-3).lookup(asked),
            "buckets": lookup.index_table_from_tensor(WORDS, num_oov_buckets=4).lookup(asked),
            "strong": lookup.index_table_from_tensor(WORDS, 4, hasher_spec=salted).lookup(asked),
            "integers": table.lookup(tf.constant([9, 8], tf.int64)),
            "size": table.size(),
            "old": lookup.string_to_index_table_from_tensor(WORDS, num_oov_buckets=2).lookup(asked),
            "oldest": lookup.string_to_index(asked, WORDS),
            "string": lookup.index_to_string_table_from_tensor(WORDS).lookup(tf.constant([1, 9], tf.int64)),
            "strings": lookup.index_to_string(tf.constant([2, 3], tf.int64), WORDS, "none"),
        }
    )


def case_tables_from_files(tf, contrib):
    lookup = contrib.lookup
    folder = tempfile.mkdtemp()
    plain_file, columns = os.path.join(folder, "plain"), os.path.join(folder, "columns")
    with open(plain_file, "w") as f:
        f.write("\n".join(WORDS) + "\n")
    with open(columns, "w") as f:
        f.write("\n".join("%s,%d" % (word, 10 * i) for i, word in enumerate(WORDS)) + "\n")
    asked = tf.constant(ASKED)
    initializer = lookup.TextFileInitializer(columns, tf.string, 0, tf.int64, 1, delimiter=",")
    by_id = lookup.TextFileStringTableInitializer(plain_file)
    to_id = lookup.TextFileIdTableInitializer(plain_file)
    return Run(
        {
            "file": lookup.index_table_from_file(plain_file, num_oov_buckets=3).lookup(asked),
            "first": lookup.index_table_from_file(plain_file, vocab_size=2, default_value=8).lookup(asked),
            "old": lookup.string_to_index_table_from_file(plain_file).lookup(asked),
            "back": lookup.index_to_string_table_from_file(plain_file, default_value="?").lookup(
                tf.constant([0, 4], tf.int64)
            ),
            "columns": lookup.HashTable(initializer, -1).lookup(asked),
            "by_id": lookup.HashTable(by_id, "none").lookup(tf.constant([2, 3], tf.int64)),
            "buckets": lookup.IdTableWithHashBuckets(lookup.HashTable(to_id, -1), 2, lookup.FastHashSpec).lookup(asked),
        }
    )


def case_mutable_tables(tf, contrib):
    lookup = contrib.lookup
    words = lookup.MutableHashTable(tf.string, tf.int64, -1)
    vectors = lookup.MutableHashTable(tf.int64, tf.float32, tf.constant([0.0, 0.5]), checkpoint=False)
    dense = lookup.MutableDenseHashTable(tf.int64, tf.int64, default_value=-1, empty_key=0, deleted_key=-5)
    keys = tf.constant([3, 4], tf.int64)
    fill = [
        words.insert(tf.constant(WORDS), tf.constant([1, 2, 3], tf.int64)),
        vectors.insert(keys, tf.constant([[1.0, 2.0], [3.0, 4.0]])),
        dense.insert(keys, keys * 10),
    ]
    asked = [
        words.lookup(tf.constant(ASKED)),
        vectors.lookup(tf.constant([4, 5], tf.int64)),
        dense.lookup(keys + 1),
        words.size(),
    ]
    remove = [words.remove(tf.constant(["lake"])), dense.remove(keys[:1])]

    def also(session):
        session.run(fill)
        before = session.run(asked)
        exported = sorted(zip(*session.run(words.export())))
        with tempfile.TemporaryDirectory() as folder:
            path = tf.train.Saver().save(session, os.path.join(folder, "model"))
            session.run(remove)
            removed = session.run(asked)
            tf.train.Saver().restore(session, path)
            names = [list(v) for v in tf.train.list_variables(path)]
        return [before, exported, removed, session.run(asked), names]

    return Run(also=also)


def case_wrong_tables_are_refused(tf, contrib):
    lookup = contrib.lookup
    table = lookup.index_table_from_tensor(WORDS)
    attempts = (
        lambda: lookup.index_table_from_tensor(None),
        lambda: lookup.index_to_string_table_from_tensor(None),
        lambda: lookup.string_to_index_table_from_tensor(np.array([1, 2])),
        lambda: lookup.index_table_from_tensor(WORDS, num_oov_buckets=-1),
        lambda: lookup.index_table_from_file(None),
        lambda: lookup.index_table_from_file("file", vocab_size=0),
        lambda: table.lookup(tf.constant([1])),
    )

    def also(_):
        found = []
        for attempt in attempts:
            try:
                attempt()
            except Exception as error:
                found.append(type(error).__name__)
        return found

    return Run(also=also)
