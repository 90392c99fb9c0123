import tensorflow as tf


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def compute_steps(target):
    steps, root = tf.while_loop(lambda i, r: tf.abs(r * r - target) > 1e-3, lambda i, r: (i + 1, 0.5 * (r + target / r)),
                                [tf.constant(0), tf.maximum(target, 1.0)])
    return steps


@tf.function(input_signature=[tf.TensorSpec([], tf.float32)])
def evaluate(target):
    steps, root = tf.while_loop(lambda i, r: tf.abs(r * r - target) > 1e-3, lambda i, r: (i + 1, 0.5 * (r + target / r)),
                                [tf.constant(0), tf.maximum(target, 1.0)])
    return root, steps


found = any(op.type in ('LoopCond', 'While', 'StatelessWhile') for op in compute_steps.get_concrete_function().graph.get_operations())
print('loops' if found else 'no loops')
print([t.numpy() for t in evaluate(2.0)])
