import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def evaluate(x):
    def body(step, total, states, scale=2.0):
        total = total + scale * tf.math.log(x[step])
        return step + 1, total, states.write(step, total)
    def network(value):
        def noisy():
            return tf.nn.dropout(value, 0.1, seed=1)

        return value
    states = tf.TensorArray(tf.float32, size=tf.shape(x)[0])
    _, total, states = tf.while_loop(lambda step, *_: step < tf.shape(x)[0], body, [0, 0.0, states])
    kept = network(states.stack())
    kind = tf.reduce_sum(x)
    chosen = tf.case([(kind < 1.0, lambda: tf.divide(kind, 3.0))], default=lambda: kind)
    mapped = tf.map_fn(lambda v: tf.argmax([v, 1.0], axis=0), x, fn_output_signature=tf.int64)
    return kept, total, chosen, mapped


print([t.numpy() for t in evaluate([1.0, 2.0, 0.5])])
