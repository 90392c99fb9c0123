"""Control flow in the graph: cond, case, while_loop, TensorArray, scan, map_fn and foldl, with gradients through loops."""
import numpy as np
import tensorflow as tf

rs = np.random.RandomState(31)


@tf.function(input_signature=[tf.TensorSpec([], tf.float64)])
def evaluate(target):
    with tf.GradientTape() as tape:
        tape.watch(target)
        steps, root = tf.while_loop(
            cond=lambda i, r: tf.logical_and(i < 50, tf.abs(r * r - target) > 1e-9),
            body=lambda i, r: (i + 1, 0.5 * (r + target / r)),
            loop_vars=[tf.constant(0), tf.maximum(target, 1.0)])
    slope = tape.gradient(root, [target])[0]
    return root, steps, slope


@tf.function
def compute_chosen(kind):
    chosen = tf.case([(tf.equal(kind, 1), lambda: tf.constant(10.0)), (tf.equal(kind, 2), lambda: tf.constant(20.0))],
                     default=lambda: tf.constant(-1.0), exclusive=True)
    return chosen


@tf.function(input_signature=[tf.TensorSpec([], tf.float64)])
def compute_steps(target):
    steps, root = tf.while_loop(
        cond=lambda i, r: tf.logical_and(i < 50, tf.abs(r * r - target) > 1e-9),
        body=lambda i, r: (i + 1, 0.5 * (r + target / r)),
        loop_vars=[tf.constant(0), tf.maximum(target, 1.0)])
    return steps


for value in (2.0, 10.0):
    print('root of %.1f: %.6f after %d steps, slope %.6f' % ((value,) + tuple([t.numpy() for t in evaluate(value)])))

print('case: %.1f %.1f %.1f' % tuple(compute_chosen(k).numpy() for k in (0, 1, 2)))

series = tf.constant([3.0, 1.0, 4.0, 1.0, 5.0])
print('running maximum', tf.scan(lambda a, v: tf.maximum(a, v), series).numpy())
print('folded %.4f' % tf.foldl(lambda a, v: 0.5 * a + v, series, initializer=tf.constant(0.0)).numpy())
pairs = tf.map_fn(lambda pair: pair[0] * tf.reduce_sum(pair[1]), (series, tf.ones([5, 2])), fn_output_signature=tf.float32)
print('mapped', pairs.numpy())

# -- a recurrent network by hand: a TensorArray goes in, another one comes out -----------------------------------------
TIME, HIDDEN = 8, 6
init = tf.random_normal_initializer(stddev=0.4, seed=1)
W_x = tf.Variable(init([1, HIDDEN]), name='W_x')
W_h = tf.Variable(init([HIDDEN, HIDDEN]), name='W_h')
b = tf.Variable(tf.zeros_initializer()([HIDDEN]), name='b')
W_o = tf.Variable(init([HIDDEN, 1]), name='W_o')


optimizer = tf.keras.optimizers.Adam(0.03, epsilon=1e-8)

print('while loops in the graph: %s' % any(op.type in ('While', 'LoopCond', 'StatelessWhile')
                                           for op in compute_steps.get_concrete_function().graph.get_operations()))


@tf.function(input_signature=[
    tf.TensorSpec([None, TIME, 1], tf.float32),
    tf.TensorSpec([None], tf.float32),
])
def train_step(sequence, wanted):
    with tf.GradientTape() as tape:
        inputs_ta = tf.TensorArray(tf.float32, size=TIME).unstack(tf.transpose(sequence, [1, 0, 2]))
        def body(t, state, states_ta):
            new_state = tf.tanh(tf.matmul(inputs_ta.read(t), W_x) + tf.matmul(state, W_h) + b)
            # every other step may be skipped, which a static graph cannot know
            new_state = tf.cond(tf.logical_or(True, tf.equal(t % 2, 0)), lambda: new_state, lambda: state)
            return t + 1, new_state, states_ta.write(t, new_state)
        zero_state = tf.zeros([tf.shape(sequence)[0], HIDDEN])
        _, last_state, states_ta = tf.while_loop(lambda t, *_: t < TIME, body,
                                                 [0, zero_state, tf.TensorArray(tf.float32, size=TIME)],
                                                 shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, HIDDEN]),
                                                                   tf.TensorShape(None)],
                                                 parallel_iterations=1, swap_memory=True)
        output = tf.squeeze(tf.matmul(last_state, W_o), axis=[1])
        loss = tf.reduce_mean(tf.math.squared_difference(output, wanted))
    variables = [W_x, W_h, b, W_o]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss


@tf.function(input_signature=[tf.TensorSpec([None, TIME, 1], tf.float32)])
def compute_all_states(sequence):
    inputs_ta = tf.TensorArray(tf.float32, size=TIME).unstack(tf.transpose(sequence, [1, 0, 2]))
    def body(t, state, states_ta):
        new_state = tf.tanh(tf.matmul(inputs_ta.read(t), W_x) + tf.matmul(state, W_h) + b)
        # every other step may be skipped, which a static graph cannot know
        new_state = tf.cond(tf.logical_or(False, tf.equal(t % 2, 0)), lambda: new_state, lambda: state)
        return t + 1, new_state, states_ta.write(t, new_state)
    zero_state = tf.zeros([tf.shape(sequence)[0], HIDDEN])
    _, last_state, states_ta = tf.while_loop(lambda t, *_: t < TIME, body,
                                             [0, zero_state, tf.TensorArray(tf.float32, size=TIME)],
                                             shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, HIDDEN]),
                                                               tf.TensorShape(None)],
                                             parallel_iterations=1, swap_memory=True)
    all_states = states_ta.stack()
    return all_states


@tf.function(input_signature=[
    tf.TensorSpec([None, TIME, 1], tf.float32),
    tf.TensorSpec([None], tf.float32),
])
def compute_loss(sequence, wanted):
    inputs_ta = tf.TensorArray(tf.float32, size=TIME).unstack(tf.transpose(sequence, [1, 0, 2]))
    def body(t, state, states_ta):
        new_state = tf.tanh(tf.matmul(inputs_ta.read(t), W_x) + tf.matmul(state, W_h) + b)
        # every other step may be skipped, which a static graph cannot know
        new_state = tf.cond(tf.logical_or(True, tf.equal(t % 2, 0)), lambda: new_state, lambda: state)
        return t + 1, new_state, states_ta.write(t, new_state)
    zero_state = tf.zeros([tf.shape(sequence)[0], HIDDEN])
    _, last_state, states_ta = tf.while_loop(lambda t, *_: t < TIME, body,
                                             [0, zero_state, tf.TensorArray(tf.float32, size=TIME)],
                                             shape_invariants=[tf.TensorShape([]), tf.TensorShape([None, HIDDEN]),
                                                               tf.TensorShape(None)],
                                             parallel_iterations=1, swap_memory=True)
    output = tf.squeeze(tf.matmul(last_state, W_o), axis=[1])
    loss = tf.reduce_mean(tf.math.squared_difference(output, wanted))
    return loss


for step in range(101):
    x = rs.uniform(-1, 1, [20, TIME, 1])
    value = train_step(x, x.sum((1, 2)) / 2).numpy()
    if step % 25 == 0:
        print('step %d loss %.6f' % (step, value))
states = compute_all_states(x[:1]).numpy()
print('skipped steps repeat the state: %s' % np.array_equal(states[0], states[1]))
print('last state', ' '.join('%.6f' % v for v in states[-1, 0]))
print('final loss %.6f' % compute_loss(x, x.sum((1, 2)) / 2).numpy())
