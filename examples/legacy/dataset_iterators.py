"""tf.data the TF1 way: a one-shot iterator, then an initializable one that switches between training and validation."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

np.random.seed(11)
tf.set_random_seed(11)

# 1. one-shot: numbers of a range, squared
numbers = tf.data.Dataset.range(10).map(lambda v: v * v).filter(lambda v: tf.equal(v % 2, 0)).batch(2)
next_number = numbers.make_one_shot_iterator().get_next()
with tf.Session() as sess:
    try:
        while True:
            print('squares', sess.run(next_number))
    except tf.errors.OutOfRangeError:
        print('end of the one-shot iterator')

# 2. initializable, with placeholders
x, y = load_digits(return_X_y=True)
x = (x / 16).astype(np.float32)
y = y.astype(np.int32)
n = 1400

features_ph = tf.placeholder(x.dtype, [None, 64])
labels_ph = tf.placeholder(y.dtype, [None])
dataset = tf.data.Dataset.from_tensor_slices((features_ph, labels_ph))
dataset = dataset.apply(tf.contrib.data.map_and_batch(lambda a, b: (a * 2.0 - 1.0, tf.one_hot(b, 10)), 100))
iterator = dataset.make_initializable_iterator()
features, labels = iterator.get_next()

w = tf.get_variable('w', shape=(64, 10), initializer=tf.random_normal_initializer(0, 0.01, seed=1))
b = tf.get_variable('b', shape=(1, 10), initializer=tf.zeros_initializer())
logits = tf.matmul(features, w) + b
entropy = tf.nn.softmax_cross_entropy_with_logits_v2(labels=labels, logits=logits)
loss = tf.reduce_mean(entropy, name='loss')
optimizer = tf.train.AdamOptimizer(0.01).minimize(loss)
correct_preds = tf.equal(tf.argmax(tf.nn.softmax(logits), 1), tf.argmax(labels, 1))
accuracy = tf.reduce_sum(tf.to_float(correct_preds))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(5):
        sess.run(iterator.initializer, feed_dict={features_ph: x[:n], labels_ph: y[:n]})
        total_loss = 0.
        n_batches = 0
        while True:
            try:
                _, l = sess.run([optimizer, loss])
                total_loss += l
                n_batches += 1
            except tf.errors.OutOfRangeError:
                break
        print('Average loss epoch {0}: {1:.6f}'.format(epoch, total_loss / n_batches))

    sess.run(iterator.initializer, {features_ph: x[n:], labels_ph: y[n:]})
    right = 0
    try:
        while True:
            right += sess.run(accuracy)
    except tf.errors.OutOfRangeError:
        pass
    print('Accuracy {0:.4f}'.format(right / (len(x) - n)))
    print('final loss {0:.6f}'.format(total_loss / n_batches))
