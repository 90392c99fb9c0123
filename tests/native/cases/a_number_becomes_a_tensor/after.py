import tensorflow as tf
w = tf.Variable(tf.keras.initializers.GlorotUniform()([3, 2]), name='w')


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    c = 2.0
    c = c * x
    y = tf.matmul(c, w)
    return y


print(compute_y([[1.0, 2.0, 3.0]]).numpy())
