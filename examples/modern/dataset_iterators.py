"""tf.data the TF1 way: a one-shot iterator, then an initializable one that switches between training and validation."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

np.random.seed(11)
tf.random.set_seed(11)

# 1. one-shot: numbers of a range, squared
numbers = tf.data.Dataset.range(10).map(lambda v: v * v).filter(lambda v: tf.equal(v % 2, 0)).batch(2)
iterator_1 = iter(numbers)

try:
    while True:
        print('squares', iterator_1.get_next().numpy())
except tf.errors.OutOfRangeError:
    print('end of the one-shot iterator')

# 2. initializable, with placeholders
x, y = load_digits(return_X_y=True)
x = (x / 16).astype(np.float32)
y = y.astype(np.int32)
n = 1400


w = tf.Variable(tf.random_normal_initializer(0, 0.01, seed=1)((64, 10)), name='w')
b = tf.Variable(tf.zeros_initializer()((1, 10)), name='b')
optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)


def make_dataset(features_ph, labels_ph):
    dataset = tf.data.Dataset.from_tensor_slices((features_ph, labels_ph))
    dataset = dataset.map(lambda a, b: (a * 2.0 - 1.0, tf.one_hot(b, 10))).batch(100)
    return dataset


@tf.function
def train_step(features, labels):
    with tf.GradientTape() as tape:
        logits = tf.matmul(features, w) + b
        entropy = tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=logits)
        loss = tf.reduce_mean(entropy, name='loss')
    variables = [w, b]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


@tf.function
def compute_accuracy(features, labels):
    logits = tf.matmul(features, w) + b
    correct_preds = tf.equal(tf.argmax(tf.nn.softmax(logits), 1), tf.argmax(labels, 1))
    accuracy = tf.reduce_sum(tf.cast(correct_preds, tf.float32))
    return accuracy


for epoch in range(5):
    iterator = iter(make_dataset(x[:n], y[:n]))
    total_loss = 0.
    n_batches = 0
    while True:
        try:
            l = train_step(*iterator.get_next()).numpy()
            total_loss += l
            n_batches += 1
        except tf.errors.OutOfRangeError:
            break
    print('Average loss epoch {0}: {1:.6f}'.format(epoch, total_loss / n_batches))

iterator = iter(make_dataset(x[n:], y[n:]))
right = 0
try:
    while True:
        right += compute_accuracy(*iterator.get_next()).numpy()
except tf.errors.OutOfRangeError:
    pass
print('Accuracy {0:.4f}'.format(right / (len(x) - n)))
print('final loss {0:.6f}'.format(total_loss / n_batches))
