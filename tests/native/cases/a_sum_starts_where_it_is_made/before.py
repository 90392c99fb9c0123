import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
w = tf.get_variable('w', [3, 2])
l2 = tf.constant(0.0)
l2 += tf.nn.l2_loss(w)
cost = 0
for i in range(3):
    cost += tf.reduce_sum(x) * i
total = 0.0
total += tf.reduce_mean(tf.matmul(x, w))
y = cost + total + l2
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(y, {x: [[1.0, 2.0, 3.0]]}))
