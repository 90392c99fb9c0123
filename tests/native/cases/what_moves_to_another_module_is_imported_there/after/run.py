import tensorflow as tf

from pkg.network import Predict

predict = Predict()


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def predict_1(x):
    out = predict(x)
    return out


print(predict_1([[1.0, 2.0]]).numpy())
