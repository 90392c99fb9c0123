import numpy as np
import tensorflow as tf


class FusedBatchNormalization(tf.keras.layers.BatchNormalization):
    """Batch normalization with the running variance of TensorFlow 1's fused kernel: the unbiased one, of images and features."""

    def call(self, inputs, training=False):
        before = tf.convert_to_tensor(self.moving_variance)
        outputs = super().call(inputs, training=training)
        if training and inputs.shape.rank in (2, 4):
            count = tf.cast(tf.size(inputs) // tf.size(before), before.dtype)
            kept = self.momentum * before
            self.moving_variance.assign(kept + (self.moving_variance - kept) * count / (count - 1.0))
        return outputs


conv = tf.keras.layers.Conv2D(8, 3, name='conv', use_bias=False, padding="same")
conv_batch_norm = FusedBatchNormalization(momentum=0.9, name='conv_batch_norm', scale=False)
logits_1 = tf.keras.layers.Dense(3, name='logits', kernel_regularizer=tf.keras.regularizers.L2(0.5 * 0.001))
optimizer = tf.keras.optimizers.Adam(0.01, epsilon=1e-8)

images, labels = np.ones([4, 8, 8, 1], np.float32), np.array([0, 1, 2, 0])


def forward(x, training, y):
    net = tf.nn.relu(conv_batch_norm(conv(x), training=training))
    logits = logits_1(tf.keras.layers.Flatten()(net))
    loss_1 = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, logits)
    loss = tf.add_n([loss_1] + logits_1.losses)
    return loss


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def step(x, y):
    with tf.GradientTape() as tape:
        loss = forward(x, True, y)
    variables = conv.trainable_variables + conv_batch_norm.trainable_variables + logits_1.trainable_variables
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[
    tf.TensorSpec([None, 8, 8, 1], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def compute_loss(x, y):
    loss = forward(x, False, y)
    return loss


for _ in range(10):
    step(images, labels)
print('final loss %.6f' % compute_loss(images, labels).numpy())
