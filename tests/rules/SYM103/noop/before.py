import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

session = tf.Session()


def multi_gpu_model(tf):
    return tf.keras.utils.multi_gpu_model
