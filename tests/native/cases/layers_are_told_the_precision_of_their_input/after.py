import numpy as np
import tensorflow as tf

data = np.random.rand(8, 2)
hidden = tf.keras.layers.Dense(3, tf.nn.tanh, name="hidden", dtype=tf.float64)
out_dense = tf.keras.layers.Dense(1, dtype=tf.float64)


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float64)])
def predict(x):
    h = hidden(2.0 * x + 1.0)
    out = out_dense(tf.keras.layers.Flatten(dtype=tf.float64)(tf.nn.relu(h)))
    return out


print(predict(data).numpy())
