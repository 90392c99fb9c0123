import tensorflow as tf
import tensorflow.estimator as est
from tensorflow import estimator
from tensorflow.estimator import ModeKeys, Estimator as Base
from tensorflow.estimator.inputs import numpy_input_fn
from tensorflow_estimator import estimator as package


def model_fn(features, labels, mode):
    loss = tf.reduce_mean(tf.square(features["x"] - labels))
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    if mode == ModeKeys.PREDICT:
        return estimator.EstimatorSpec(mode, predictions=features["x"])
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=step)


model = tf.estimator.Estimator(model_fn, config=tf.compat.v1.estimator.RunConfig("model"))
train = tf.estimator.inputs.pandas_input_fn
classes = Base, est.TrainSpec, package.EvalSpec, numpy_input_fn
