import tensorflow as tf

w = tf.Variable(2.0)

train_writer = tf.summary.create_file_writer('logs/train')
test_writer = tf.summary.create_file_writer('logs/test')


@tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int64)])
def write_summaries(x, step):
    with train_writer.as_default(step=step):
        tf.summary.scalar('product', x * w)


@tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int64)])
def write_summaries_1(x, step):
    with test_writer.as_default(step=step):
        tf.summary.scalar('product', x * w)


for step in range(4):
    write_summaries(1.0, step)
    if step % 2 == 0:
        write_summaries_1(3.0, step)
