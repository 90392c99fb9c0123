import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
from tf2kit.compat import estimator as tf_estimator
import tf2kit.compat.estimator as est
from tf2kit.compat import estimator
from tf2kit.compat.estimator import ModeKeys, Estimator as Base
from tf2kit.compat.estimator.inputs import numpy_input_fn
from tf2kit.compat import estimator as package


def model_fn(features, labels, mode):
    loss = tf.reduce_mean(tf.square(features["x"] - labels))
    step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    if mode == ModeKeys.PREDICT:
        return estimator.EstimatorSpec(mode, predictions=features["x"])
    return tf_estimator.EstimatorSpec(mode, loss=loss, train_op=step)


model = tf_estimator.Estimator(model_fn, config=tf_estimator.RunConfig("model"))
train = tf_estimator.inputs.pandas_input_fn
classes = Base, est.TrainSpec, package.EvalSpec, numpy_input_fn
