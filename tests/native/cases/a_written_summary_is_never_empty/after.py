import tensorflow as tf

writer = tf.summary.create_file_writer('logs')


@tf.function(input_signature=[tf.TensorSpec([], tf.float32), tf.TensorSpec([], tf.int64)])
def write_summaries(x, step):
    with writer.as_default(step=step):
        tf.summary.scalar('x', x)


for step in range(3):
    write_summaries(step, step)
print('something was written: %s' % (True))
