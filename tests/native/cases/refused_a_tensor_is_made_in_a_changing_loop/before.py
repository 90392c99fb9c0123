import tensorflow as tf

x = tf.placeholder(tf.float32, [])
sess = tf.Session()
for step in range(3):
    y = x * step
    print(sess.run(y, {x: 1.0}))
