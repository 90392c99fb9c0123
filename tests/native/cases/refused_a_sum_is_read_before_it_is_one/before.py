import tensorflow as tf

x = tf.placeholder(tf.float32, [])
total = 0.0
print(total)
total += x
with tf.Session() as sess:
    print(sess.run(total, {x: 1.0}))
