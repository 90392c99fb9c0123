import tensorflow as tf


class Line(object):

    def __init__(self, slope):
        self.slope = tf.Variable(slope)
        self.optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function(input_signature=[
        tf.TensorSpec([None], tf.float32),
        tf.TensorSpec([None], tf.float32),
    ])
    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            out = self.slope * x
            loss = tf.reduce_mean(tf.square(out - y))
        variables = [self.slope]
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def predict_step(self, x):
        out = self.slope * x
        return out

    def step(self, x, y):
        loss = self.train_step(x, y).numpy()
        return loss

    def fit(self, x, y, steps=3):
        for i in range(steps):
            print(i, self.step(x, y))

    def predict(self, x):
        return self.predict_step(x).numpy()


line = Line(2.0)
line.fit([1.0, 2.0], [2.0, 3.0])
print(line.predict([1.0, 2.0]))
