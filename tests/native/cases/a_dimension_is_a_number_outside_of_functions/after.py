import tensorflow as tf

width = 64
w = tf.Variable(tf.keras.initializers.GlorotUniform()([width, 2]), name='w')
print('width', 64, 'of', 2)


@tf.function(input_signature=[tf.TensorSpec([None, 64], tf.float32)])
def compute_y(x):
    y = tf.matmul(tf.reshape(x, [-1, x.shape[1]]), w)
    return y


print(compute_y([[0.0] * 64]).numpy())
