import tensorflow as tf

x = tf.placeholder(tf.float32, [])
w = tf.Variable(1.0)
loss = tf.square(w * x)
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    found = sess.run({'loss': loss, 'train': train_op}, {x: 1.0})
    print(found['loss'])
