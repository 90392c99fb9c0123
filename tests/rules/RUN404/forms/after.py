import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
import tensorflow.compat.v1.keras as keras
from tensorflow.compat.v1.keras.layers import Dense
from tensorflow.compat.v1.keras import backend as K

session = tf.Session()
K.set_session(session)
model = keras.models.Sequential([Dense(3)])
