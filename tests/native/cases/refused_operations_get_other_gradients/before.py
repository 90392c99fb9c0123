import tensorflow as tf


@tf.RegisterGradient("Flip")
def _flip(op, grad):
    return -grad


x = tf.placeholder(tf.float32, [None])
w = tf.Variable(2.0)

with tf.get_default_graph().gradient_override_map({"Identity": "Flip"}):
    y = tf.identity(w * x)
loss = tf.reduce_mean(y)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([loss, train], {x: [1.0]})[0])
    print(sess.run(w))
