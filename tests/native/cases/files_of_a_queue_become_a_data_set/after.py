import tensorflow as tf


def read_my_file_format(serialized):
    """One example."""
    parsed = tf.io.parse_single_example(serialized, {
        'x': tf.io.FixedLenFeature([3], tf.float32),
        'y': tf.io.FixedLenFeature([], tf.int64),
    })
    return parsed['x'], parsed['y']


def input_pipeline(filenames, batch_size, num_epochs=None):
    files = tf.data.Dataset.from_tensor_slices(filenames).repeat(num_epochs)
    records = files.flat_map(lambda name: tf.data.TFRecordDataset(name)).map(read_my_file_format)
    # min_after_dequeue defines how big a buffer we will randomly sample from
    return records.shuffle(100).batch(batch_size, drop_remainder=True)


iterator = iter(input_pipeline(['a.tfrecords', 'b.tfrecords'], 8, num_epochs=2))
w = tf.Variable(tf.zeros([3, 2]))
optimizer = tf.keras.optimizers.SGD(0.1)


@tf.function
def train_step(xs, ys):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ys, logits=tf.matmul(xs, w)))
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


try:
    while True:
        value = train_step(*iterator.get_next()).numpy()
        print(value)
except tf.errors.OutOfRangeError:
    print('done')
