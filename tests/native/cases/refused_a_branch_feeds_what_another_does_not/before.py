import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
scale = tf.placeholder_with_default(2.0, [])
y = scale * x
with tf.Session() as sess:
    for step in range(2):
        if step:
            feed = {x: [1.0], scale: 3.0}
        else:
            feed = {x: [1.0]}
        print(sess.run(y, feed))
