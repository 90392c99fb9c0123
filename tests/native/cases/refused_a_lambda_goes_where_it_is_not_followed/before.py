import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
steps = [lambda v: tf.nn.dropout(v, 0.9), lambda v: v * 2.0]
y = x
for step in steps:
    y = step(y)
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0, 2.0]}))
