import tensorflow as tf


def forward(x):
    mean = tf.reduce_mean(x)
    spread = tf.reduce_mean(tf.square(x - mean))
    return mean, spread


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def evaluate(x):
    mean, spread = forward(x)
    return {'mean': mean, 'all': [spread, tf.size(x)]}


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def evaluate_1(x):
    mean, spread = forward(x)
    return tf.reduce_max(x), {'mean': mean, 'spread': spread}


found = tf.nest.map_structure(lambda t: t.numpy(), evaluate([1.0, 2.0, 4.0]))
print(found['mean'], found['all'][0], found['all'][1])
largest, parts = tf.nest.map_structure(lambda t: t.numpy(), evaluate_1([1.0, 2.0]))
print(largest, sorted(parts.items()))
