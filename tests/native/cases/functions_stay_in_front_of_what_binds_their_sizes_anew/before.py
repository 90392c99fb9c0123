import tensorflow as tf

sess = tf.InteractiveSession()
width = 3
a = tf.placeholder(tf.float32, [])
x = tf.placeholder(tf.float32, [None, width])
y = tf.reduce_sum(x, 1)
print((a * 2.0).eval({a: 1.0}))

width = 5
print(y.eval({x: [[1.0, 2.0, 3.0]]}), width)
sess.close()
