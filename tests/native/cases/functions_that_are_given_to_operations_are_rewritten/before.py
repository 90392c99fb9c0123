import tensorflow as tf

x = tf.placeholder(tf.float32, [None])
training = tf.placeholder(tf.bool, [])


def body(step, total, states, scale=2.0):
    total = total + scale * tf.log(x[step])
    return step + 1, total, states.write(step, total)


def network(value):
    def noisy():
        return tf.nn.dropout(value, 0.9, seed=1)

    return tf.cond(training, noisy, lambda: value)


states = tf.TensorArray(tf.float32, size=tf.shape(x)[0])
_, total, states = tf.while_loop(lambda step, *_: step < tf.shape(x)[0], body, [0, 0.0, states])
kept = network(states.stack())
kind = tf.reduce_sum(x)
chosen = tf.case({kind < 1.0: lambda: tf.div(kind, 3.0)}, default=lambda: kind)
mapped = tf.map_fn(lambda v: tf.argmax([v, 1.0], dimension=0), x, dtype=tf.int64)
with tf.Session() as sess:
    print(sess.run([kept, total, chosen, mapped], {x: [1.0, 2.0, 0.5], training: False}))
