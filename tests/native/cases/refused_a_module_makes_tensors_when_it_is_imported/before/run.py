import tensorflow as tf

import inputs

with tf.Session() as sess:
    print(sess.run(inputs.y, {inputs.x: [1.0]}))
