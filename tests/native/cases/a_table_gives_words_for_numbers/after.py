import tensorflow as tf

words = ['red', 'green', 'blue']
table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(tf.range(len(words), dtype=tf.int64), words), default_value='UNK')
sizes = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(tf.range(2, dtype=tf.int64), ['small', 'large']), default_value='?')


@tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
def compute_best(scores):
    best = table.lookup(tf.argmax(scores, 1))
    return best


@tf.function
def compute_size():
    size = sizes.lookup(tf.constant([1, 0, 5], tf.int64))
    return size


print(compute_best([[0., 0., 0., 1.], [0., 1., 0., 0.]]).numpy())
print(compute_size().numpy())
