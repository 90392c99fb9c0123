import tensorflow as tf


def save():
    first_dense = tf.keras.layers.Dense(1)

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
    def compute_first(x):
        first = first_dense(x)
        return first

    print(compute_first([[1.0, 2.0]]).numpy())
    tf.train.Checkpoint(dense=first_dense).write('./params')


def load():
    other_dense = tf.keras.layers.Dense(1)
    saver = tf.train.Checkpoint(dense=other_dense)
    saver.read('./params').assert_existing_objects_matched()

    @tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
    def compute_other(x):
        other = other_dense(x)
        return other

    print(compute_other([[1.0, 2.0]]).numpy())


save()
load()
