from absl import app
import tensorflow as tf

from config import FLAGS


def main(_):

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
    def compute_y(x):
        y = FLAGS.factor * x
        return y

    print(compute_y([1.0, 2.0]).numpy())


if __name__ == '__main__':
    app.run(main)
