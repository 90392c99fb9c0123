import numpy as np
import tensorflow as tf

conv_conv2d = tf.keras.layers.Conv2D(4, 3, padding='same')
print('width', 64)


def forward(x, training):
    conv = conv_conv2d(x)
    pool = tf.keras.layers.MaxPooling2D(2, 2)(conv)
    flat = tf.keras.layers.Flatten()(pool)
    drop = tf.nn.dropout(flat, 1 - (0.5 if training else 1.0), seed=1)
    y = tf.reduce_sum(drop)
    return y


@tf.function(input_signature=[tf.TensorSpec([None, 8, 8, 1], tf.float32)])
def compute_y(x):
    y = forward(x, True)
    return y


@tf.function(input_signature=[tf.TensorSpec([None, 8, 8, 1], tf.float32)])
def compute_y_1(x):
    y = forward(x, False)
    return y


compute_y.get_concrete_function()  # layers make their variables at the first call
print('parameters', sum(np.prod(list(v.shape)) for v in conv_conv2d.trainable_variables))
print(compute_y(np.ones([1, 8, 8, 1])).numpy())
print(compute_y_1(np.ones([1, 8, 8, 1])).numpy())
