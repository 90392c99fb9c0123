import tensorflow as tf

train = tf.data.Dataset.range(10).batch(5)
test = tf.data.Dataset.range(4).batch(2)
train_iterator = iter(train)


@tf.function
def compute_squares(next_numbers):
    numbers = tf.reshape(next_numbers, [-1])
    squares = numbers * numbers
    return squares


print(compute_squares(train_iterator.get_next()).numpy())
test_iterator = iter(test)
print(compute_squares(test_iterator.get_next()).numpy())
