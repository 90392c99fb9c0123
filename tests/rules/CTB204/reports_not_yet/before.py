import tensorflow.compat.v1 as tf
tf.disable_v2_behavior()
import tf2kit.compat.contrib.no_such_part as part

session = tf.Session()
print(part.something)
