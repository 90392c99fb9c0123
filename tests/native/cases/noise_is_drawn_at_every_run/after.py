import tensorflow as tf


@tf.function
def compute_shifted():
    noise = tf.random.normal([2])
    shifted = noise + 1.0
    return shifted


for _ in range(2):
    print(compute_shifted().numpy())
