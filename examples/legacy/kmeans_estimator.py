"""KMeansClustering from tf.contrib.factorization on the wine data: full batches, given first clusters, scores and transforms."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine

tf.logging.set_verbosity(tf.logging.ERROR)
NUM_CLUSTERS, NUM_ITERATIONS = 3, 4

wine = load_wine()
points = ((wine.data - wine.data.mean(0)) / wine.data.std(0)).astype(np.float32)


def input_fn():
    return tf.train.limit_epochs(tf.convert_to_tensor(points, dtype=tf.float32), num_epochs=1)


kmeans = tf.contrib.factorization.KMeansClustering(
    num_clusters=NUM_CLUSTERS, initial_clusters=points[[5, 75, 150]], use_mini_batch=False, model_dir='kmeans',
    distance_metric=tf.contrib.factorization.KMeansClustering.SQUARED_EUCLIDEAN_DISTANCE)

# train: every pass over the data moves the centers once
previous_centers = points[[5, 75, 150]]
for i in range(NUM_ITERATIONS):
    kmeans.train(input_fn)
    centers = kmeans.cluster_centers()
    moved = np.abs(centers - previous_centers).max()
    if i in (0, 1, NUM_ITERATIONS - 1):
        print('iteration %d: largest move %.6f score %.4f' % (i, moved, kmeans.score(input_fn)))
    if moved < 1e-6:
        break
    previous_centers = centers
for center in centers:
    print('center', ' '.join('%.6f' % v for v in center[:5]))

# map the input points to their clusters
cluster_indices = np.array(list(kmeans.predict_cluster_index(input_fn)))
confusion = np.zeros([3, NUM_CLUSTERS], np.int32)
np.add.at(confusion, (wine.target, cluster_indices), 1)
print('kinds of wine and clusters', '/'.join(','.join(str(v) for v in row) for row in confusion))
for i, distances in enumerate(kmeans.transform(input_fn)):
    if i == 2:
        break
    print('squared distances of point %d:' % i, ' '.join('%.4f' % d for d in distances))
print('names:', ', '.join(sorted(kmeans.get_variable_names())))
print('final loss %.4f' % kmeans.score(input_fn))
