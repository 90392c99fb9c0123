import tensorflow as tf

from layers import Dense


class Model(object):
    def __init__(self, n_inputs, n_hidden, n_classes, learning_rate=0.1):
        self.hidden = Dense(n_inputs, n_hidden)
        self.out = Dense(n_hidden, n_classes)
        self.optimizer = tf.keras.optimizers.Adam(learning_rate, epsilon=1e-8)
        self.train_step_step = tf.function(self.train_step_step, input_signature=[
            tf.TensorSpec([None, n_inputs], tf.float32),
            tf.TensorSpec([None], tf.int64),
            tf.TensorSpec(None, tf.float32),
        ])
        self.compute_accuracy = tf.function(self.compute_accuracy, input_signature=[
            tf.TensorSpec([None, n_inputs], tf.float32),
            tf.TensorSpec([None], tf.int64),
            tf.TensorSpec(None, tf.float32),
        ])

    def forward(self, x, keep_prob):
        h = self.hidden(x, tf.nn.relu)
        h = tf.nn.dropout(h, 1 - keep_prob)
        logits = self.out(h)
        return logits

    def train_step_step(self, x, y, keep_prob):
        with tf.GradientTape() as tape:
            logits = self.forward(x, keep_prob)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
        variables = [v for part in (self.hidden, self.out) for v in (part.w, part.b)]
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return loss

    def compute_accuracy(self, x, y, keep_prob):
        logits = self.forward(x, keep_prob)
        accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.float32))
        return accuracy

    def train_step(self, x, y, keep_prob=0.8):
        loss = self.train_step_step(x, y, keep_prob).numpy()
        return loss

    def evaluate(self, x, y):
        return self.compute_accuracy(x, y, 1.0).numpy()
