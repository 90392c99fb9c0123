import tensorflow as tf

noise = tf.random_normal([2])
shifted = noise + 1.0
with tf.Session() as sess:
    for _ in range(2):
        print(sess.run(shifted))
