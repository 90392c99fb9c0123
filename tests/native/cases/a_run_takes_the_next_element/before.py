import numpy as np
import tensorflow as tf

x = np.arange(6).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((x, x * 2))
dataset = dataset.apply(tf.contrib.data.map_and_batch(lambda a, b: (a, tf.to_float(b)), 2))
a, b = dataset.make_one_shot_iterator().get_next()
w = tf.Variable(3.0)
loss = tf.reduce_mean(tf.square(a * w - b))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(loss, {a: x, b: x}))
    print(sess.run(a))
    try:
        while True:
            print(sess.run([train_op, loss])[1])
    except tf.errors.OutOfRangeError:
        print('end')
