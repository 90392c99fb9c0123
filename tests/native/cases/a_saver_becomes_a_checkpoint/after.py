import tensorflow as tf

weights = {'h': tf.Variable(tf.ones([2, 3])), 'out': tf.Variable(tf.ones([3, 1]))}
hidden_1 = tf.keras.layers.Dense(3, name='hidden')
optimizer = tf.keras.optimizers.Adam(0.1, epsilon=1e-8)
saver = tf.train.Checkpoint(weights=weights, hidden_1=hidden_1, optimizer=optimizer)


def forward(x):
    hidden = hidden_1(tf.matmul(x, weights['h']))
    loss = tf.reduce_mean(tf.square(tf.matmul(hidden, weights['out'])))
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def train_step(x):
    with tf.GradientTape() as tape:
        loss = forward(x)
    variables = [weights['h'], weights['out'], *hidden_1.trainable_variables]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[tf.TensorSpec([None, 2], tf.float32)])
def compute_loss(x):
    loss = forward(x)
    return loss


train_step([[1.0, 2.0]])
print('saved in', saver.write('./run/model.ckpt'))
saver.read('./run/model.ckpt').assert_existing_objects_matched()
print(compute_loss([[1.0, 2.0]]).numpy())
