import tensorflow as tf

x = tf.placeholder(tf.float32, [])
w = tf.Variable(2.0)
loss = tf.square(w * x)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    _, values = sess.run([train, tf.trainable_variables()], {x: 1.0})
    print(values[0])
