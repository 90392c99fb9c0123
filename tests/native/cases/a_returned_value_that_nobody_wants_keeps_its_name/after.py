import tensorflow as tf


global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
w = tf.Variable(tf.zeros_initializer()([3, 1]), name='w')
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function(input_signature=[
    tf.TensorSpec([None, 3], tf.float32),
    tf.TensorSpec([None, 1], tf.float32),
])
def train_step(x, y):
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
    variables = [w]
    gradients = tape.gradient(cost, variables)
    optimizer.apply_gradients(zip(gradients, variables))


for i in range(3):
    train_step([[1.0, 2.0, 3.0]], [[1.0]])
print(w.numpy())
