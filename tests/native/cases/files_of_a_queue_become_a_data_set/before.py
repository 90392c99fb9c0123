import tensorflow as tf


def read_my_file_format(filename_queue):
    """One example."""
    reader = tf.TFRecordReader()
    _, serialized = reader.read(filename_queue)
    parsed = tf.parse_single_example(serialized, {
        'x': tf.FixedLenFeature([3], tf.float32),
        'y': tf.FixedLenFeature([], tf.int64),
    })
    return parsed['x'], parsed['y']


def input_pipeline(filenames, batch_size, num_epochs=None):
    filename_queue = tf.train.string_input_producer(filenames, num_epochs=num_epochs, shuffle=False)
    example, label = read_my_file_format(filename_queue)
    # min_after_dequeue defines how big a buffer we will randomly sample from
    example_batch, label_batch = tf.train.shuffle_batch(
        [example, label], batch_size=batch_size, capacity=100, min_after_dequeue=50, num_threads=2)
    return example_batch, label_batch


xs, ys = input_pipeline(['a.tfrecords', 'b.tfrecords'], 8, num_epochs=2)
w = tf.Variable(tf.zeros([3, 2]))
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=ys, logits=tf.matmul(xs, w)))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(coord=coord)
    try:
        while not coord.should_stop():
            _, value = sess.run([train_op, loss])
            print(value)
    except tf.errors.OutOfRangeError:
        print('done')
    finally:
        # When done, ask the threads to stop.
        coord.request_stop()
    coord.join(threads)
