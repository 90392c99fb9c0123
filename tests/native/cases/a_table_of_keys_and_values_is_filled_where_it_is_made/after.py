import tensorflow as tf

keys = tf.constant(['a', 'b'])
prices = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(keys, [1.5, 2.5]), -1.0)


def numbers(x, known):
    return table_1.lookup(x)


table_1 = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['x', 'a'], [3, 4], value_dtype=tf.int64), default_value=0)


@tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
def evaluate(names):
    ids = numbers(names, ['x', 'a'])
    total = tf.reduce_sum(prices.lookup(names))
    return ids, total


print([t.numpy() for t in evaluate(['a', 'b', 'c'])])
