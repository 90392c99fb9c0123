import tensorflow as tf
w = tf.Variable(tf.keras.initializers.GlorotUniform()([3, 2]), name='w')


@tf.function(input_signature=[tf.TensorSpec([None, 3], tf.float32)])
def compute_y(x):
    l2 = tf.constant(0.0)
    l2 += tf.nn.l2_loss(w)
    cost = 0
    for i in range(3):
        cost += tf.reduce_sum(x) * i
    total = 0.0
    total += tf.reduce_mean(tf.matmul(x, w))
    y = cost + total + l2
    return y


print(compute_y([[1.0, 2.0, 3.0]]).numpy())
