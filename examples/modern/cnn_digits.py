# Convolutional network on the 8x8 digits: tf.layers, batch normalization, dropout.
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
import numpy as np
import tensorflow as tf


class BatchNormalization(tf.keras.layers.BatchNormalization):
    """Batch normalization with the running variance of TensorFlow 1's fused kernel: the unbiased one, of images."""

    def call(self, inputs, training=False):
        before = tf.convert_to_tensor(self.moving_variance)
        outputs = super().call(inputs, training=training)
        if training and inputs.shape.rank == 4:
            count = tf.cast(tf.size(inputs) // tf.size(before), before.dtype)
            kept = self.momentum * before
            self.moving_variance.assign(kept + (self.moving_variance - kept) * count / (count - 1.0))
        return outputs


np.random.seed(1)
tf.random.set_seed(1)

BATCH_SIZE = 64
EPOCHS = 3

digits = load_digits()
X = digits.images.reshape(-1, 8, 8, 1).astype('float32') / 16.0
Y = np.eye(10)[digits.target].astype('float32')
X_train, X_test, Y_train, Y_test = train_test_split(X, Y, test_size=0.2, random_state=1)


def init(seed):
    return tf.keras.initializers.GlorotUniform(seed=seed)


conv1_conv2d = tf.keras.layers.Conv2D(filters=16, kernel_size=3, strides=1, padding='same', activation=tf.nn.relu, kernel_initializer=init(11))
# no bias before batch normalization: its gradient would be rounding noise, which Adam turns into steps
conv2_conv2d = tf.keras.layers.Conv2D(32, 3, 1, 'same', activation=None, use_bias=False, kernel_initializer=init(12))
batch_normalization = BatchNormalization(momentum=0.9)
output_dense = tf.keras.layers.Dense(10, kernel_initializer=init(14))

optimizer = tf.keras.optimizers.Adam(0.002, epsilon=1e-8)

# returns (acc, update_op), and creates 2 local variables
accuracy_metric = tf.keras.metrics.Accuracy()


def forward(tf_x, tf_is_training):
    conv1 = conv1_conv2d(tf_x)         # (8, 8, 16)
    pool1 = tf.keras.layers.MaxPooling2D(pool_size=2, strides=2)(conv1)  # (4, 4, 16)
    conv2 = conv2_conv2d(pool1)
    bn2 = tf.nn.relu(batch_normalization(conv2, training=tf_is_training))
    pool2 = tf.keras.layers.MaxPooling2D(2, 2)(bn2)                      # (2, 2, 32)
    flat = tf.keras.layers.Flatten()(pool2)                         # (128,)
    drop = tf.nn.dropout(flat, 1 - (0.9 if tf_is_training else 1.0), seed=13)
    output = output_dense(drop)
    return output


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None, 10], tf.float32),
])
def train_step(tf_x, tf_y):
    with tf.GradientTape() as tape:
        output = forward(tf_x, True)
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf_y, logits=output))
    variables = [v for layer in (conv1_conv2d, conv2_conv2d, batch_normalization, output_dense) for v in layer.trainable_variables]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None, 10], tf.float32),
])
def compute_loss(tf_x, tf_y):
    output = forward(tf_x, False)
    loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=tf_y, logits=output))
    return loss


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None, 10], tf.float32),
])
def update_accuracy(tf_x, tf_y):
    output = forward(tf_x, False)
    accuracy = accuracy_metric(tf.argmax(tf_y, axis=1), tf.argmax(output, axis=1))
    return accuracy


compute_loss.get_concrete_function()  # layers make their variables at the first call

n_params = sum([np.prod(list(v.shape)) for v in [v for layer in (conv1_conv2d, conv2_conv2d, batch_normalization, output_dense) for v in layer.trainable_variables]])
print('parameters: %d' % n_params)
print('flat width: %d' % 128)


for epoch in range(EPOCHS):
    order = np.random.permutation(len(X_train))
    for start in range(0, len(order), BATCH_SIZE):
        rows = order[start:start + BATCH_SIZE]
        loss_ = train_step(X_train[rows], Y_train[rows]).numpy()
    test_loss = compute_loss(X_test, Y_test).numpy()
    print('epoch %d | train loss: %.4f | test loss: %.4f' % (epoch, loss_, test_loss))

acc = update_accuracy(X_test, Y_test).numpy()
print('test accuracy %.3f' % acc)
print('final loss %.6f' % test_loss)
