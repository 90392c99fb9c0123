import tensorflow as tf


def train_step(value):
    return value + 1.0


def train(values):
    w = tf.Variable(1.0)
    optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def train_step_1(x):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(w * x))
        variables = [w]
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))

    for value in values:
        train_step_1([train_step(value)])
    return w.numpy()
