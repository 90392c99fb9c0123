import numpy as np
import tensorflow as tf

import network
from network import loss as error


def main():
    predict = network.Predict()
    optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function(input_signature=[
        tf.TensorSpec([None, network.WIDTH], tf.float32),
        tf.TensorSpec([None, 1], tf.float32),
    ])
    def train_step(x, y):
        with tf.GradientTape() as tape:
            out = predict(x)
            loss = error(out, y)
        variables = [v for part in (predict.first, predict.second) for v in (part.w, part.b)]
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    for _ in range(3):
        value = train_step(np.ones([2, 4]), np.ones([2, 1])).numpy()
        print(value)


if __name__ == '__main__':
    main()
