import tensorflow as tf

import model

model = model.Model()
with tf.Session() as sess:
    print(sess.run(model.out, {model.x: [[1.0, 2.0, 3.0]]}))
