import tensorflow as tf
import keras
from keras.layers import Dense
from keras import backend as K

session = tf.Session()
K.set_session(session)
model = keras.models.Sequential([Dense(3)])
