"""k-means with plain ops: expand_dims, argmin, unsorted_segment_sum and assign, until nothing moves any more."""
import tensorflow as tf
from sklearn.datasets import load_iris

K = 3
MAX_ITERS = 50
points_data, species = load_iris(return_X_y=True)
N = len(points_data)

points = tf.Variable(points_data, trainable=False, name='points', dtype=tf.float64)
cluster_assignments = tf.Variable(tf.zeros([N], dtype=tf.int64), name='assignments')
# the first centroids are fixed samples, so that the clusters have a known order
centroids = tf.Variable(tf.gather(points, [10, 60, 110]), name='centroids')


def bucket_mean(data, bucket_ids, num_buckets):
    total = tf.math.unsorted_segment_sum(data, bucket_ids, num_buckets)
    count = tf.math.unsorted_segment_sum(tf.ones_like(data), bucket_ids, num_buckets)
    return total / count


# Do not write to the assigned clusters variable until after computing whether the assignments have changed.

changed = True
iters = 0


def forward():
    # Replicate to N copies of each centroid and K copies of each point, then subtract.
    rep_centroids = tf.reshape(tf.tile(centroids, [N, 1]), [N, K, 4])
    rep_points = tf.reshape(tf.tile(points, [1, K]), [N, K, 4])
    sum_squares = tf.reduce_sum(tf.square(rep_points - rep_centroids), axis=2)
    inertia = tf.reduce_sum(tf.reduce_min(sum_squares, 1))
    return sum_squares, inertia


@tf.function
def do_updates_1():
    sum_squares, inertia = forward()
    best_centroids = tf.argmin(sum_squares, 1)
    did_assignments_change = tf.reduce_any(tf.not_equal(best_centroids, cluster_assignments))
    means = bucket_mean(points, best_centroids, K)
    centroids.assign(means)
    cluster_assignments.assign(best_centroids)
    return did_assignments_change, inertia


@tf.function
def compute_inertia():
    _, inertia = forward()
    return inertia


while changed and iters < MAX_ITERS:
    iters += 1
    changed, loss = (t.numpy() for t in do_updates_1())
    if iters <= 3:
        print('iteration %d inertia %.6f' % (iters, loss))

centers, assignments = (t.numpy() for t in (centroids, cluster_assignments))
print('Found in %d iterations' % iters)
for k in range(K):
    print('centroid', k, ' '.join('%.6f' % v for v in centers[k]), 'members', (assignments == k).sum())
confusion = tf.math.confusion_matrix(species, assignments, num_classes=K).numpy()
print('confusion', '/'.join(','.join(str(v) for v in row) for row in confusion))
print('final loss %.6f' % compute_inertia().numpy())
