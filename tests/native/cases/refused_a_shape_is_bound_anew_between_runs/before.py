import tensorflow as tf

sess = tf.InteractiveSession()
a = tf.placeholder(tf.float32, [])
b = a * 2.0
print(b.eval({a: 1.0}))

WIDTH = 3
x = tf.placeholder(tf.float32, [None, WIDTH])
y = tf.reduce_sum(x, 1)


def total(rows):
    return y.eval({x: rows})


print(total([[1.0, 2.0, 3.0]]))
sess.close()
