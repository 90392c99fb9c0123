import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([], tf.int32)])
def compute_chosen(kind):
    chosen = tf.case([(tf.equal(kind, 1), lambda: tf.constant(10.0)), (tf.equal(kind, 2), lambda: tf.constant(20.0))],
                     default=lambda: tf.constant(-1.0), exclusive=True)
    return chosen


print([compute_chosen(k).numpy() for k in (0, 1, 2)])
