import tensorflow as tf

w = tf.Variable(1.0)
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def train_step(x):
    with tf.GradientTape() as tape:
        loss = tf.square(w * x)
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


for step in range(3):
    value = train_step(1.0).numpy()
print(value)
