'''
A linear regression learning algorithm example using TensorFlow library.
House prices from size, one feature, gradient descent on one sample at a time.
'''
from __future__ import print_function

import tensorflow as tf
import numpy
rng = numpy.random
rng.seed(42)
tf.random.set_seed(42)

# Parameters
learning_rate = 0.01
training_epochs = 200
display_step = 50

# Training Data
train_X = numpy.asarray([3.3, 4.4, 5.5, 6.71, 6.93, 4.168, 9.779, 6.182, 7.59, 2.167,
                         7.042, 10.791, 5.313, 7.997, 5.654, 9.27, 3.1])
train_Y = 0.25 * train_X + 0.8 + 0.1 * rng.randn(train_X.shape[0])
n_samples = train_X.shape[0]


# Set model weights
W = tf.Variable(rng.randn(), name="weight")
b = tf.Variable(rng.randn(), name="bias")


optimizer = tf.keras.optimizers.SGD(learning_rate)


@tf.function(input_signature=[tf.TensorSpec(None, tf.float32), tf.TensorSpec(None, tf.float32)])
def train_step(X, Y):
    with tf.GradientTape() as tape:
        # Construct a linear model
        pred = tf.add(tf.multiply(X, W), b)
        # Mean squared error
        cost = tf.reduce_sum(tf.pow(pred-Y, 2))/(2*n_samples)
    variables = [W, b]
    gradients = tape.gradient(cost, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[tf.TensorSpec(None, tf.float32), tf.TensorSpec(None, tf.float32)])
def compute_cost(X, Y):
    pred = tf.add(tf.multiply(X, W), b)
    cost = tf.reduce_sum(tf.pow(pred-Y, 2))/(2*n_samples)
    return cost


@tf.function(input_signature=[tf.TensorSpec(None, tf.float32), tf.TensorSpec(None, tf.float32)])
def compute(X, Y):
    pred = tf.add(tf.multiply(X, W), b)
    return tf.reduce_sum(tf.pow(pred - Y, 2)) / (2 * test_X.shape[0])


# Start training

for epoch in range(training_epochs):
    for (x, y) in zip(train_X, train_Y):
        train_step(x, y)

    # Display logs per epoch step
    if (epoch+1) % display_step == 0:
        c = compute_cost(train_X, train_Y).numpy()
        print("Epoch:", '%04d' % (epoch+1), "cost=", "{:.9f}".format(c),
              "W=", W.numpy(), "b=", b.numpy())

print("Optimization Finished!")

# Testing example
test_X = numpy.asarray([6.83, 4.668, 8.9, 7.91, 5.7, 8.7, 3.1, 2.1])
test_Y = 0.25 * test_X + 0.8
testing_cost = compute(test_X, test_Y).numpy()  # same function as cost above
print("Testing cost=", testing_cost)
training_cost = compute_cost(train_X, train_Y).numpy()
print("final loss %.6f" % training_cost)
