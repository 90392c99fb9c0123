"""TFRecord files of tf.train.Example, parsed with FixedLenFeature, behind feedable and reinitializable iterators."""
from __future__ import print_function

import sys

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
    with tf.python_io.TFRecordWriter(path) as writer:
        for row, label in zip(rows, labels):
            example = tf.train.Example(features=tf.train.Features(feature={
                'row': _float_feature(row), 'label': _int64_feature(int(label)),
                'note': _bytes_feature(b'benign' if label else b'malignant')}))
            writer.write(example.SerializeToString())
    return sum(1 for _ in tf.python_io.tf_record_iterator(path))


def decode(serialized):
    features = tf.parse_single_example(serialized, features={
        'row': tf.FixedLenFeature([30], tf.float32),
        'label': tf.FixedLenFeature([], tf.int64),
        'note': tf.FixedLenFeature([], tf.string, default_value=''),
        'tags': tf.VarLenFeature(tf.string),
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
    tf.set_random_seed(4)
    training, testing = input_fn(TRAIN, 40), input_fn(TEST, 64, epochs=1)

    # A feedable iterator: which data set it reads is fed with every call.
    handle = tf.placeholder(tf.string, shape=[])
    iterator = tf.data.Iterator.from_string_handle(handle, training.output_types, training.output_shapes)
    rows, labels, notes = iterator.get_next()
    rows = tf.reshape(rows, [-1, 30])
    logits = tf.squeeze(tf.layers.dense(rows, 1, kernel_initializer=tf.zeros_initializer(), name='linear'), 1)
    loss = tf.losses.sigmoid_cross_entropy(labels, logits)
    right = tf.reduce_sum(tf.cast(tf.equal(tf.cast(logits > 0, tf.int64), labels), tf.int32))
    train_op = tf.train.FtrlOptimizer(0.3, l2_regularization_strength=0.01).minimize(loss)
    train_iterator = training.make_one_shot_iterator()
    test_iterator = testing.make_initializable_iterator()

    # A reinitializable iterator: one structure, an initializer for each data set.
    switch = tf.data.Iterator.from_structure(testing.output_types, testing.output_shapes)
    _, switch_labels, _ = switch.get_next()
    to_test, to_few = switch.make_initializer(testing), switch.make_initializer(testing.skip(2).take(1))

    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        train_handle, test_handle = sess.run([train_iterator.string_handle(), test_iterator.string_handle()])
        for epoch in range(3):
            for _ in range(10):
                _, value = sess.run([train_op, loss], feed_dict={handle: train_handle})
            sess.run(test_iterator.initializer)
            correct, total, losses = 0, 0, []
            while True:
                try:
                    c, l, note = sess.run([right, loss, notes], feed_dict={handle: test_handle})
                    correct, total = correct + c, total + len(note)
                    losses.append(l)
                except tf.errors.OutOfRangeError:
                    break
            print('epoch %d train loss %.6f test loss %.6f right %d of %d' % (epoch, value, np.mean(losses), correct, total))
        print('note of the last record:', note[-1].decode())
        for name, init in (('all', to_test), ('few', to_few)):
            sess.run(init)
            count = 0
            try:
                while True:
                    count += len(sess.run(switch_labels))
            except tf.errors.OutOfRangeError:
                print(name, 'labels:', count)
    print('final loss %.6f' % np.mean(losses))


if __name__ == '__main__':
    tf.app.run(main, argv=sys.argv[:1])
