import numpy as np
import tensorflow as tf


class MyModel:
    """Two layers."""
    def __init__(self, params):
        self.global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
        self.hidden_dense = tf.keras.layers.Dense(params['units'], tf.nn.elu)
        self.hidden_dropout = tf.keras.layers.Dropout(0.2)
        self.logits_dense = tf.keras.layers.Dense(3)

        # Adam with a rate that falls
        rate = tf.keras.optimizers.schedules.ExponentialDecay(0.01, 50, 0.8)
        self.optimizer = tf.keras.optimizers.Adam(rate, epsilon=1e-8)

        # Add evaluation metrics (for EVAL mode)
        self.accuracy_metric = tf.keras.metrics.Accuracy()
        self.mean = tf.keras.metrics.Mean()

    def forward(self, x, is_training):
        hidden = self.hidden_dense(x)
        hidden = self.hidden_dropout(hidden, training=is_training)
        logits = self.logits_dense(hidden)
        return logits

    @tf.function
    def train_step(self, x, labels):
        with tf.GradientTape() as tape:
            logits = self.forward(x, True)
            loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)
        variables = self.hidden_dense.trainable_variables + self.logits_dense.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        self.global_step.assign_add(1)
        return loss

    @tf.function
    def evaluate_step(self, x, labels):
        logits = self.forward(x, False)
        predictions = {
            'classes': tf.argmax(logits, 1),
            'probabilities': tf.nn.softmax(logits),
        }
        loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(labels, logits)
        accuracy = self.accuracy_metric(labels, predictions['classes'])
        mean_loss = self.mean(loss)
        return accuracy, mean_loss

    @tf.function
    def predict_step(self, x):
        logits = self.forward(x, False)
        predictions = {
            'classes': tf.argmax(logits, 1),
            'probabilities': tf.nn.softmax(logits),
        }
        return predictions

    def train(self, dataset, steps):
        for features, labels in dataset.take(steps):
            self.train_step(features['x'], labels)

    def evaluate(self, dataset):
        self.accuracy_metric.reset_state()
        self.mean.reset_state()
        for features, labels in dataset:
            self.evaluate_step(features['x'], labels)
        return {
            'accuracy': self.accuracy_metric.result().numpy(),
            'loss': self.mean.result().numpy(),
            'global_step': self.global_step.numpy(),
        }

    def predict(self, dataset):
        for features, _ in dataset:
            predictions = tf.nest.map_structure(lambda t: t.numpy(), self.predict_step(features['x']))
            for values in zip(*predictions.values()):
                yield dict(zip(predictions, values))


def main():
    rng = np.random.RandomState(0)
    data = rng.randn(100, 4).astype(np.float32)
    truth = rng.randint(0, 3, 100)
    train_x, test_x = np.split(data, [80])
    train_y, test_y = np.split(truth, [80])
    classifier = MyModel({'units': 5})
    train_dataset = (
        tf.data.Dataset.from_tensor_slices(({'x': train_x}, train_y))
        .repeat()
        .shuffle(1000)
        .batch(16)
    )
    classifier.train(train_dataset, steps=20)
    eval_dataset = tf.data.Dataset.from_tensor_slices(({'x': test_x}, test_y)).batch(128)
    results = classifier.evaluate(eval_dataset)
    print(results['accuracy'], results['loss'])
    for p in classifier.predict(eval_dataset):
        print(p['classes'], p['probabilities'].max())


if __name__ == '__main__':
    main()
