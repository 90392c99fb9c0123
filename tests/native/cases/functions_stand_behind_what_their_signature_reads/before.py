import tensorflow as tf

sess = tf.InteractiveSession()
a = tf.placeholder(tf.float32, [])
print((a * 2.0).eval({a: 1.0}))

WIDTH = 3
x = tf.placeholder(tf.float32, [None, WIDTH])
y = tf.reduce_sum(x, 1)
z = tf.reduce_max(x, 1)
print('now with', WIDTH)
print(y.eval({x: [[1.0, 2.0, 3.0]]}))
print(z.eval({x: [[1.0, 2.0, 3.0]]}))
sess.close()
