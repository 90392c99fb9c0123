import tensorflow as tf

train = tf.data.Dataset.range(10).batch(5)
test = tf.data.Dataset.range(4).batch(2)
use_train, use_test = train, test

iterator = iter(use_train)


@tf.function
def compute_squares(numbers):
    squares = numbers * numbers
    return squares


print(compute_squares(iterator.get_next()).numpy())
iterator = iter(use_test)
print(compute_squares(iterator.get_next()).numpy())
