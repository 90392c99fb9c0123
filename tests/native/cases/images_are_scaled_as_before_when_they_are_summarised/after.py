import numpy as np
import tensorflow as tf


def to_pixels(images):
    """Images as summaries of TensorFlow 1 had them: each scaled by its largest value, around 128 where some are negative."""
    if images.dtype == tf.uint8:
        return images
    images = tf.cast(images, tf.float32)
    images = tf.where(tf.math.is_finite(images), images, 0.0)
    negative = tf.reduce_min(images, axis=[1, 2, 3], keepdims=True) < 0.0
    largest = tf.reduce_max(tf.abs(images), axis=[1, 2, 3], keepdims=True)
    scale = tf.where(largest < 1e-6, 0.0, tf.where(negative, 127.0, 255.0) / largest)
    return tf.cast(images * scale + tf.where(negative, 128.0, 0.0), tf.uint8)


w = tf.Variable(tf.zeros([16]))
data = np.linspace(0, 1, 48).reshape(3, 16)
writer = tf.summary.create_file_writer('logs')


@tf.function(input_signature=[tf.TensorSpec([None, 16], tf.float32), tf.TensorSpec([], tf.int64)])
def write_summaries(x, step):
    images = tf.reshape(x + w, [-1, 4, 4, 1])
    with writer.as_default(step=step):
        tf.summary.image('seen/input', to_pixels(images), max_outputs=2)
        tf.summary.image('seen/darker', to_pixels(0.5 - images))


write_summaries(data, 0)
writer.close()
