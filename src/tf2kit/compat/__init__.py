"""What TensorFlow 1 programs need at run time and TensorFlow no longer ships, under the same dotted names as in TensorFlow 1.15.

``tf.contrib`` is `tf2kit.compat.contrib`, ``tensorflow.examples`` is `tf2kit.compat.examples`. Importing this package costs nothing: a part
imports TensorFlow when it is first used. Programs run in graph mode, after ``tf.disable_v2_behavior()``.
"""
