import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
net = tf.layers.dense(x, 8, tf.nn.relu)
logits = tf.layers.dense(net, 2)
sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
print(logits.eval({x: np.ones([1, 4])}).shape)
