from absl import app, flags
import numpy as np
import tensorflow as tf

from net import model

FLAGS = flags.FLAGS
flags.DEFINE_float('learning_rate', 0.1, 'Initial learning rate.')
flags.DEFINE_integer('max_steps', 5, 'Number of steps.')
flags.DEFINE_integer('hidden', 8, 'Units.')


def data():
    rng = np.random.RandomState(0)
    x = rng.randn(60, 4).astype(np.float32)
    return x, (x.sum(1) > 0).astype(np.int64) + (x[:, 0] > 1)


def run_training():
    x, y = data()
    inference = model.Inference(4, FLAGS.hidden)
    optimizer = tf.keras.optimizers.SGD(FLAGS.learning_rate)
    global_step = tf.Variable(0, trainable=False, name='global_step')

    @tf.function(input_signature=[
        tf.TensorSpec([None, 4], tf.float32),
        tf.TensorSpec([None], tf.int64),
    ])
    def train_step(images, labels):
        with tf.GradientTape() as tape:
            logits = inference(images)
            loss = model.loss(logits, labels)
        variables = [inference.weights, inference.biases, inference.weights_1, inference.biases_1]
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        global_step.assign_add(1)
        return loss

    @tf.function(input_signature=[
        tf.TensorSpec([None, 4], tf.float32),
        tf.TensorSpec([None], tf.int64),
    ])
    def compute_correct(images, labels):
        logits = inference(images)
        correct = model.evaluation(logits, labels)
        return correct

    for step in range(FLAGS.max_steps):
        value = train_step(x, y).numpy()
        print('Step %d: loss = %.6f' % (step, value))
    print('right: %d' % compute_correct(x, y).numpy())


def main(_):
    run_training()


if __name__ == '__main__':
    app.run(main)
