import numpy as np
import tensorflow as tf


class Regression:
  def __init__(self):
    self.global_step = tf.Variable(0, trainable=False, dtype=tf.int64, name="global_step")
    self.dense = tf.keras.layers.Dense(8, tf.nn.tanh)
    self.dense_1 = tf.keras.layers.Dense(1)
    self.optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)
    self.root_mean_squared_error = tf.keras.metrics.RootMeanSquaredError()
    self.mean = tf.keras.metrics.Mean()

  def forward(self, features, keep_prob):
    hidden = tf.nn.dropout(self.dense(features), 1 - keep_prob)
    predictions = tf.squeeze(self.dense_1(hidden), 1)
    return predictions

  @tf.function
  def train_step(self, features, labels, keep_prob):
    with tf.GradientTape() as tape:
      predictions = self.forward(features, keep_prob)
      labels = tf.cast(labels, tf.float32)
      loss = tf.keras.losses.MeanSquaredError()(labels, predictions)
    variables = self.dense.trainable_variables + self.dense_1.trainable_variables
    gradients = tape.gradient(loss, variables)
    self.optimizer.apply_gradients(zip(gradients, variables))
    self.global_step.assign_add(1)
    return loss

  @tf.function
  def evaluate_step(self, features, labels, keep_prob):
    predictions = self.forward(features, keep_prob)
    labels = tf.cast(labels, tf.float32)
    loss = tf.keras.losses.MeanSquaredError()(labels, predictions)
    rmse = self.root_mean_squared_error(labels, predictions)
    mean_loss = self.mean(loss)
    return rmse, mean_loss

  @tf.function
  def predict_step(self, features, keep_prob):
    predictions = self.forward(features, keep_prob)
    return predictions

  def train(self, dataset, steps=None, max_steps=None):
    if max_steps is not None:
      steps = max(max_steps - self.global_step.numpy(), 0)
    for features, labels in dataset.take(-1 if steps is None else steps):
      self.train_step(features, labels, 0.8)

  def evaluate(self, dataset, steps):
    self.root_mean_squared_error.reset_state()
    self.mean.reset_state()
    for features, labels in dataset.take(steps):
      self.evaluate_step(features, labels, 1.0)
    return {
      'rmse': self.root_mean_squared_error.result().numpy(),
      'loss': self.mean.result().numpy(),
      'global_step': self.global_step.numpy(),
    }

  def predict(self, dataset):
    for features, _ in dataset:
      yield from self.predict_step(features, 1.0).numpy()


x = np.random.RandomState(3).randn(200, 5).astype(np.float32)
y = np.arange(200)
estimator = Regression()
train_dataset = tf.data.Dataset.from_tensor_slices((x[:150], y[:150])).repeat(3).batch(30)
test_dataset = tf.data.Dataset.from_tensor_slices((x[150:], y[150:])).batch(20)
estimator.train(train_dataset)
estimator.train(train_dataset, max_steps=20)
print(estimator.evaluate(test_dataset, steps=2)['rmse'])
for p in estimator.predict(test_dataset):
  print(p)
