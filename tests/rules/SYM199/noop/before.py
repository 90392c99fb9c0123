import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()

session = tf.Session()
print(tf.__version__, tf.VERSION, tf.raw_ops.Add)
