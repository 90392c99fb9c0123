import tensorflow as tf

table = tf.Variable(tf.zeros([5, 2]))
scale = tf.Variable(1.0)
opt = tf.keras.optimizers.Adam(0.1, epsilon=1e-8)


@tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([None], tf.float32)])
def compute_all_gradients(ids, target):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.reduce_sum(tf.nn.embedding_lookup(table, ids), 1) * scale - target))
    variables = [table, scale]
    all_gradients = tape.gradient(loss, variables)
    return all_gradients


@tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([None], tf.float32)])
def train_step(ids, target):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.reduce_sum(tf.nn.embedding_lookup(table, ids), 1) * scale - target))
    variables = [table, scale]
    gradients = [tf.convert_to_tensor(g) for g in tape.gradient(loss, variables)]
    opt.apply_gradients(zip(gradients, variables))
    return loss


rows = [g for g in compute_all_gradients.get_concrete_function().structured_outputs if isinstance(g, tf.IndexedSlices)]
print('%d gradients are sets of rows' % len(rows))

for i in range(3):
    print(train_step([i], [1.0]).numpy())
