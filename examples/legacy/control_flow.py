"""Control flow in the graph: cond, case, while_loop, TensorArray, scan, map_fn and foldl, with gradients through loops."""
import numpy as np
import tensorflow as tf

rs = np.random.RandomState(31)
sess = tf.InteractiveSession()

# -- numbers: Newton's method runs as often as it must -----------------------------------------------------------------
target = tf.placeholder(tf.float64, [], name='target')
steps, root = tf.while_loop(
    cond=lambda i, r: tf.logical_and(i < 50, tf.abs(r * r - target) > 1e-9),
    body=lambda i, r: (i + 1, 0.5 * (r + target / r)),
    loop_vars=[tf.constant(0), tf.maximum(target, 1.0)])
slope = tf.gradients(root, target)[0]
for value in (2.0, 10.0):
    print('root of %.1f: %.6f after %d steps, slope %.6f' % ((value,) + tuple(sess.run([root, steps, slope], {target: value}))))

kind = tf.placeholder_with_default(0, [])
chosen = tf.case({tf.equal(kind, 1): lambda: tf.constant(10.0), tf.equal(kind, 2): lambda: tf.constant(20.0)},
                 default=lambda: tf.constant(-1.0), exclusive=True)
print('case: %.1f %.1f %.1f' % tuple(chosen.eval({kind: k}) for k in (0, 1, 2)))

series = tf.constant([3.0, 1.0, 4.0, 1.0, 5.0])
print('running maximum', sess.run(tf.scan(lambda a, v: tf.maximum(a, v), series)))
print('folded %.4f' % tf.foldl(lambda a, v: 0.5 * a + v, series, initializer=tf.constant(0.0)).eval())
pairs = tf.map_fn(lambda pair: pair[0] * tf.reduce_sum(pair[1]), (series, tf.ones([5, 2])), dtype=tf.float32)
print('mapped', pairs.eval())

# -- a recurrent network by hand: a TensorArray goes in, another one comes out -----------------------------------------
TIME, HIDDEN = 8, 6
sequence = tf.placeholder(tf.float32, [None, TIME, 1])
wanted = tf.placeholder(tf.float32, [None])
keep_state = tf.placeholder(tf.bool, [])
init = tf.random_normal_initializer(stddev=0.4, seed=1)
W_x = tf.get_variable('W_x', [1, HIDDEN], initializer=init)
W_h = tf.get_variable('W_h', [HIDDEN, HIDDEN], initializer=init)
b = tf.get_variable('b', [HIDDEN], initializer=tf.zeros_initializer())
W_o = tf.get_variable('W_o', [HIDDEN, 1], initializer=init)

inputs_ta = tf.TensorArray(tf.float32, size=TIME).unstack(tf.transpose(sequence, [1, 0, 2]))


def body(t, state, states_ta):
    new_state = tf.tanh(tf.matmul(inputs_ta.read(t), W_x) + tf.matmul(state, W_h) + b)
    # every other step may be skipped, which a static graph cannot know
    new_state = tf.cond(tf.logical_or(keep_state, tf.equal(t % 2, 0)), lambda: new_state, lambda: state)
    return t + 1, new_state, states_ta.write(t, new_state)


zero_state = tf.zeros([tf.shape(sequence)[0], HIDDEN])
_, last_state, states_ta = tf.while_loop(lambda t, *_: t < TIME, body,
                                         [0, zero_state, tf.TensorArray(tf.float32, size=TIME)],
                                         shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, HIDDEN]),
                                                           tf.TensorShape(None)],
                                         parallel_iterations=1, swap_memory=True)
all_states = states_ta.stack()
output = tf.squeeze(tf.matmul(last_state, W_o), axis=[1])
loss = tf.reduce_mean(tf.squared_difference(output, wanted))
train_op = tf.train.AdamOptimizer(0.03).minimize(loss)

sess.run(tf.global_variables_initializer())
print('while loops in the graph: %s' % any(op.type in ('While', 'LoopCond', 'StatelessWhile')
                                           for op in tf.get_default_graph().get_operations()))
for step in range(101):
    x = rs.uniform(-1, 1, [20, TIME, 1])
    _, value = sess.run([train_op, loss], {sequence: x, wanted: x.sum((1, 2)) / 2, keep_state: True})
    if step % 25 == 0:
        print('step %d loss %.6f' % (step, value))
states = all_states.eval({sequence: x[:1], keep_state: False})
print('skipped steps repeat the state: %s' % np.array_equal(states[0], states[1]))
print('last state', ' '.join('%.6f' % v for v in states[-1, 0]))
print('final loss %.6f' % loss.eval({sequence: x, wanted: x.sum((1, 2)) / 2, keep_state: True}))
sess.close()
