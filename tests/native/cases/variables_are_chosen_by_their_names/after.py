import tensorflow as tf

w = tf.Variable(tf.keras.initializers.GlorotUniform()([3, 2]), name="model/w")
b = tf.Variable(tf.zeros_initializer()([2]), name="model/b")


@tf.function
def compute_decay():
    decay = tf.add_n([tf.nn.l2_loss(v) for v in [w]])
    return decay


print(compute_decay().numpy())
