from model import *

x, y = build()
with tf.Session() as sess:
    print(sess.run(y, {x: [1.0]}))
