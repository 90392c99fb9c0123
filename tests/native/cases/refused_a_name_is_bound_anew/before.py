import tensorflow as tf

scale = 2.0
x = tf.placeholder(tf.float32, [None])
y = scale * x
scale = 3.0
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0]}))
