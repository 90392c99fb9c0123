import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
mean = tf.reduce_mean(x)
spread = tf.reduce_mean(tf.square(x - mean))
with tf.Session() as sess:
    found = sess.run({'mean': mean, 'all': [spread, tf.size(x)]}, {x: [1.0, 2.0, 4.0]})
    print(found['mean'], found['all'][0], found['all'][1])
    (largest, parts) = sess.run([tf.reduce_max(x), {'mean': mean, 'spread': spread}], {x: [1.0, 2.0]})
    print(largest, sorted(parts.items()))
