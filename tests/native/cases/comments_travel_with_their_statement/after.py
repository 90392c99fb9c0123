"""What this is."""
import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([None], tf.float32)])
def compute_y(x):
    # the model:
    # a parabola
    y = tf.square(x)  # not a line
    return y


# ---- run it ----
print(compute_y([1.0]).numpy())
# and done
