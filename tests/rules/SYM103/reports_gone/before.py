import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

session = tf.Session()
model = tf.keras.utils.multi_gpu_model(build(), gpus=2)
