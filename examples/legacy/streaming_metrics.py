"""tf.metrics: streaming accuracy, precision, recall, AUC and confusion, reset between epochs by their local variables."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from sklearn import datasets, metrics
from sklearn.preprocessing import StandardScaler

x_all, y_all = datasets.load_breast_cancer(return_X_y=True)
x_all = StandardScaler().fit_transform(x_all)
train_x, train_y, test_x, test_y = x_all[:380], y_all[:380], x_all[380:], y_all[380:]

# Hyperparameters of the support vector machine
C, LEARNING_RATE, BATCH = 0.5, 0.02, 38

with tf.name_scope('inputs'):
    features = tf.placeholder(tf.float32, (None, 30), name='features')
    labels = tf.placeholder(tf.int64, (None,), name='labels')
with tf.variable_scope('svm'):
    w = tf.get_variable('w', [30, 1], initializer=tf.constant_initializer(0.0))
    b = tf.get_variable('b', [1], initializer=tf.constant_initializer(0.0))
score = tf.squeeze(tf.matmul(features, w) + b, 1)
signed = tf.cast(labels, tf.float32) * 2 - 1
# squared hinge: smooth where the plain one has a corner
loss = tf.nn.l2_loss(w) / 100 + C * tf.reduce_mean(tf.square(tf.nn.relu(1.0 - signed * score)))
train_op = tf.train.GradientDescentOptimizer(LEARNING_RATE).minimize(loss)

with tf.variable_scope('metrics') as scope:
    predicted = tf.cast(score > 0, tf.int64)
    probability = tf.sigmoid(score)
    values, updates = tf.contrib.metrics.aggregate_metric_map({
        'accuracy': tf.metrics.accuracy(labels, predicted),
        'precision': tf.metrics.precision(labels, predicted),
        'recall': tf.metrics.recall(labels, predicted),
        'false negatives': tf.metrics.false_negatives(labels, predicted),
        'auc': tf.metrics.auc(labels, probability, num_thresholds=50, summation_method='trapezoidal'),
        'mean score': tf.metrics.mean(score),
        'mean squared error': tf.metrics.mean_squared_error(tf.cast(labels, tf.float32), probability),
        'mean per class': tf.metrics.mean_per_class_accuracy(labels, predicted, num_classes=2),
        'sensitivity': tf.metrics.sensitivity_at_specificity(labels, probability, 0.9, num_thresholds=50),
    })
    iou, confusion = tf.metrics.mean_iou(labels, predicted, num_classes=2)
    in_top, update_top = tf.metrics.recall_at_k(labels[:, tf.newaxis], tf.stack([-score, score], axis=1), k=1)
local = tf.get_collection(tf.GraphKeys.LOCAL_VARIABLES, scope='metrics')
reset_op = tf.variables_initializer(local)
print('local variables: %d, of them in METRIC_VARIABLES: %d' % (
    len(local), len(set(local) & set(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)))))

sess = tf.Session()
sess.run(tf.global_variables_initializer())
for epoch in range(4):
    sess.run(reset_op)
    for start in range(0, len(train_x), BATCH):
        batch = {features: train_x[start:start + BATCH], labels: train_y[start:start + BATCH]}
        sess.run([train_op, loss], feed_dict=batch)
        sess.run([updates, confusion, update_top], feed_dict=batch)
    so_far = sess.run(values)
    print('epoch %d accuracy %.6f auc %.6f' % (epoch, so_far['accuracy'], so_far['auc']))

sess.run(reset_op)
for start in range(0, len(test_x), 63):
    batch = {features: test_x[start:start + 63], labels: test_y[start:start + 63]}
    sess.run([list(updates.values()), confusion, update_top], feed_dict=batch)
for name, value in sorted(sess.run(values).items()):
    print('%s %.6f' % (name, value))
print('mean iou %.6f recall at 1 %.6f' % tuple(sess.run([iou, in_top])))
guess, final = sess.run([predicted, loss], {features: test_x, labels: test_y})
assert abs(metrics.accuracy_score(test_y, guess) - sess.run(values['accuracy'])) < 1e-6
print('confusion', np.array2string(sess.run(tf.confusion_matrix(test_y, guess)).ravel()))
print('final loss %.6f' % final)
sess.close()
