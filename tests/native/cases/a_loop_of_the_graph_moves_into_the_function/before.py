import tensorflow as tf
x = tf.placeholder(tf.float32, [3, 3])
w = [tf.Variable(tf.ones([3, 3])), tf.Variable(tf.ones([3, 3]))]
h = x
found = [h]
for k in range(2):
    h = tf.matmul(h, w[k])
    found += [h]
all_found = tf.concat(found, 1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(all_found, {x: [[1., 2., 3.]] * 3}))
