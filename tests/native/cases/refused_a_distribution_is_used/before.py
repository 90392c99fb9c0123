import tensorflow as tf

ds = tf.distributions
x = tf.placeholder(tf.float32, [None])
y = ds.Normal(0.0, 1.0).log_prob(x)
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0]}))
