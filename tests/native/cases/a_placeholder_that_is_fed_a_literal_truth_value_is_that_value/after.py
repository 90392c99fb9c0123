import numpy as np
import tensorflow as tf

out_dropout = tf.keras.layers.Dropout(0.5)


@tf.function(input_signature=[tf.TensorSpec([None, 4], tf.float32)])
def predict(x):
    out = out_dropout(x, training=False)
    return out


print(predict(np.ones([1, 4])).numpy())
