import tensorflow as tf


def variable_summaries(var):
    with tf.name_scope('summaries'):
        mean = tf.reduce_mean(var)
        tf.summary.scalar('mean_1', mean)
        tf.summary.histogram('histogram', var)


w = tf.Variable(tf.ones([2, 1]))
optimizer = tf.keras.optimizers.SGD(0.1)

writer = tf.summary.create_file_writer('logs')


def forward(x):
    y = tf.matmul(x, w)
    loss = tf.reduce_mean(tf.square(y))
    return y, loss


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32), tf.TensorSpec([], tf.int64)])
def compute_loss(x, step):
    y, loss = forward(x)
    with writer.as_default(step=step):
        with tf.name_scope('layer/'):
            variable_summaries(w)
            variable_summaries(y)
        # what is minimised
        tf.summary.scalar('cost/loss', loss)
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def train_step(x):
    with tf.GradientTape() as tape:
        _, loss = forward(x)
    variables = [w]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


for i in range(10):
    value = compute_loss([[1.0, 2.0]], i).numpy()
    print(value)
    train_step([[1.0, 2.0]])
with writer.as_default(step=10):
    tf.summary.scalar('last', value)
writer.close()
