"""TFRecord files of tf.train.Example, parsed with FixedLenFeature, behind feedable and reinitializable iterators."""
from __future__ import print_function

import sys

from absl import app
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer

TRAIN, TEST = 'train.tfrecords', 'test.tfrecords'


def _float_feature(value):
    return tf.train.Feature(float_list=tf.train.FloatList(value=value))


def _int64_feature(value):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))


def _bytes_feature(value):
    return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))


def convert_to(path, rows, labels):
    with tf.io.TFRecordWriter(path) as writer:
        for row, label in zip(rows, labels):
            example = tf.train.Example(features=tf.train.Features(feature={
                'row': _float_feature(row), 'label': _int64_feature(int(label)),
                'note': _bytes_feature(b'benign' if label else b'malignant')}))
            writer.write(example.SerializeToString())
    return sum(1 for _ in tf.data.TFRecordDataset(path).as_numpy_iterator())


def decode(serialized):
    features = tf.io.parse_single_example(serialized, features={
        'row': tf.io.FixedLenFeature([30], tf.float32),
        'label': tf.io.FixedLenFeature([], tf.int64),
        'note': tf.io.FixedLenFeature([], tf.string, default_value=''),
        'tags': tf.io.VarLenFeature(tf.string),
    })
    assert isinstance(features['tags'], tf.SparseTensor)
    return features['row'], features['label'], features['note']


def input_fn(path, batch, epochs=None):
    dataset = tf.data.TFRecordDataset(path)
    dataset = dataset.map(decode, num_parallel_calls=2)
    if epochs is None:
        dataset = dataset.shuffle(buffer_size=1000, seed=3, reshuffle_each_iteration=False).repeat()
    return dataset.batch(batch).prefetch(1)


def main(_):
    x, y = load_breast_cancer(return_X_y=True)
    x = (x - x.mean(0)) / x.std(0)
    print('records:', convert_to(TRAIN, x[:400], y[:400]), convert_to(TEST, x[400:], y[400:]))
    tf.random.set_seed(4)
    training, testing = input_fn(TRAIN, 40), input_fn(TEST, 64, epochs=1)

    linear = tf.keras.layers.Dense(1, kernel_initializer=tf.zeros_initializer(), name='linear')
    optimizer = tf.keras.optimizers.Ftrl(0.3, l2_regularization_strength=0.01)
    train_iterator = iter(training)

    to_test, to_few = testing, testing.skip(2).take(1)

    def forward(next_rows, labels):
        rows = tf.reshape(next_rows, [-1, 30])
        logits = tf.squeeze(linear(rows), 1)
        loss = tf.keras.losses.BinaryCrossentropy(from_logits=True)(labels, logits)
        return logits, loss

    @tf.function
    def train_step(next_rows, labels, notes):
        with tf.GradientTape() as tape:
            _, loss = forward(next_rows, labels)
        variables = linear.trainable_variables
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return loss

    @tf.function
    def evaluate(next_rows, labels, notes):
        logits, loss = forward(next_rows, labels)
        right = tf.reduce_sum(tf.cast(tf.equal(tf.cast(logits > 0, tf.int64), labels), tf.int32))
        return right, loss, notes

    for epoch in range(3):
        for _ in range(10):
            value = train_step(*train_iterator.get_next()).numpy()
        test_iterator = iter(testing)
        correct, total, losses = 0, 0, []
        while True:
            try:
                c, l, note = (t.numpy() for t in evaluate(*test_iterator.get_next()))
                correct, total = correct + c, total + len(note)
                losses.append(l)
            except tf.errors.OutOfRangeError:
                break
        print('epoch %d train loss %.6f test loss %.6f right %d of %d' % (epoch, value, np.mean(losses), correct, total))
    print('note of the last record:', note[-1].decode())
    for name, init in (('all', to_test), ('few', to_few)):
        switch = iter(init)
        count = 0
        try:
            while True:
                count += len(switch.get_next()[1].numpy())
        except tf.errors.OutOfRangeError:
            print(name, 'labels:', count)
    print('final loss %.6f' % np.mean(losses))


if __name__ == '__main__':
    app.run(main, argv=sys.argv[:1])
