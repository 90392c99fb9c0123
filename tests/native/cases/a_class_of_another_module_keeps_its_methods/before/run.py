import tensorflow as tf

from model import Line

line = Line(2.0)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
print(sess.run(line.out, {line.x: [1.0, 2.0]}))
