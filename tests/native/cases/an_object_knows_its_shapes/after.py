import numpy as np
import tensorflow as tf


class Net(object):
    def __init__(self, n_in, num_classes, l2_reg=0.0):
        self.l2_reg = l2_reg
        self.h_dense = tf.keras.layers.Dense(5, tf.nn.relu)
        self.W = tf.Variable(tf.keras.initializers.GlorotUniform()([5, num_classes]), name="W")
        self.b = tf.Variable(tf.constant(0.1, shape=[num_classes]), name="b")
        self.compute_loss = tf.function(self.compute_loss, input_signature=[
            tf.TensorSpec([None, n_in], tf.float32),
            tf.TensorSpec([None, num_classes], tf.float32),
            tf.TensorSpec(None, tf.float32),
        ])

    def compute_loss(self, input_x, input_y, keep):
        l2_loss = tf.constant(0.0)
        h = self.h_dense(input_x)
        l2_loss += tf.nn.l2_loss(self.W)
        scores = tf.nn.bias_add(tf.matmul(tf.nn.dropout(h, 1 - keep), self.W, name="scores"), self.b)
        losses = tf.nn.softmax_cross_entropy_with_logits(logits=scores, labels=input_y)
        loss = tf.reduce_mean(losses) + self.l2_reg * l2_loss
        return loss


net = Net(n_in=4, num_classes=3)
step = tf.Variable(0, trainable=False, name="step")
optimizer = tf.keras.optimizers.Adam(1e-3, epsilon=1e-8)


@tf.function(input_signature=net.compute_loss.input_signature)
def train_step(input_x, input_y, keep):
    with tf.GradientTape() as tape:
        loss = net.compute_loss(input_x, input_y, keep)
    variables = [*net.h_dense.trainable_variables, net.W, net.b]
    grads_and_vars = list(zip(tape.gradient(loss, variables), variables))
    optimizer.apply_gradients(grads_and_vars)
    step.assign_add(1)
    return loss


for _ in range(3):
    feed = {"input_x": np.ones([2, 4]), "input_y": np.eye(3)[:2], "keep": 0.5}
    loss = train_step(**feed).numpy()
    print(step.numpy(), loss)
