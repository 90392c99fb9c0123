import numpy as np
import tensorflow as tf

decay = tf.keras.regularizers.L2(0.5 * 0.01)
hidden_1 = tf.keras.layers.Dense(8, tf.nn.tanh, kernel_regularizer=decay, name='hidden')
output = tf.keras.layers.Dense(3, kernel_regularizer=decay, name='output')
optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)

xs, ys = np.eye(4, dtype=np.float32), np.array([0, 1, 2, 0])


@tf.function(input_signature=[
    tf.TensorSpec([None, 4], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def train_step(x, y):
    with tf.GradientTape() as tape:
        hidden = hidden_1(x)
        logits = output(hidden)
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, logits)
        total = tf.add_n([loss] + hidden_1.losses + output.losses)
    variables = hidden_1.trainable_variables + output.trainable_variables
    gradients = tape.gradient(total, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function
def compute_penalty():
    penalty = tf.add_n(hidden_1.losses + output.losses)
    return penalty


@tf.function(input_signature=[
    tf.TensorSpec([None, 4], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def compute_total(x, y):
    hidden = hidden_1(x)
    logits = output(hidden)
    loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, logits)
    total = tf.add_n([loss] + hidden_1.losses + output.losses)
    return total


compute_total.get_concrete_function()  # layers make their variables at the first call
for _ in range(10):
    train_step(xs, ys)
print('penalty %.6f, final loss %.6f' % (compute_penalty().numpy(), compute_total(xs, ys).numpy()))
