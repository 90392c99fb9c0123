import tensorflow as tf

WORDS = ['red', 'green', 'blue']


def numbers(x):
    return table_1.lookup(x)


known = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(['small', 'large'], tf.range(2, dtype=tf.int64)), default_value=-7)
table_1 = tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(WORDS, tf.range(len(WORDS), dtype=tf.int64)), num_oov_buckets=2)


@tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
def evaluate(names):
    sizes = known.lookup(names)
    colours = numbers(names)
    return sizes, colours


@tf.function(input_signature=[tf.TensorSpec([None], tf.string)])
def compute_colours(names):
    colours = numbers(names)
    return colours


@tf.function
def compute_count():
    count = known.size()
    return count


print([t.numpy() for t in evaluate(['red', 'large', 'blue'])])
print(compute_colours(['mauve', 'green', 'taupe']).numpy())
print(compute_count().numpy())
