"""What this is."""
import tensorflow as tf

# ---- the input ----
x = tf.placeholder(tf.float32, [None])  # a batch

# the model:
# a parabola
y = tf.square(x)  # not a line

# ---- run it ----
with tf.Session() as sess:
    # once
    print(sess.run(y, {x: [1.0]}))
    # and done
