"""What a Session can do: nested fetches, partial_run, make_callable, handles, run metadata, eval and run as methods."""
import collections

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris
from tensorflow.python.client import timeline
from tensorflow.python.framework import tensor_shape

tf.reset_default_graph()
tf.set_random_seed(53)
data, species = load_iris(return_X_y=True)
data = (data - data.mean(0)) / data.std(0)
Batch = collections.namedtuple('Batch', ['inputs', 'labels'])

sess = tf.InteractiveSession(config=tf.ConfigProto(inter_op_parallelism_threads=2, log_device_placement=False))
x = tf.placeholder('float32', [None, 4], name='x')
y = tf.placeholder('int32', [None], name='y')
w = tf.Variable(tf.random_normal([4, 3], stddev=0.1, seed=1), name='w')
b = tf.Variable([0.0, 0.0, 0.0], name='b')
mean = tf.Variable(np.zeros(4, np.float32), name='mean', trainable=False, collections=[tf.GraphKeys.LOCAL_VARIABLES])
logits = tf.add(tf.matmul(x - mean, w), b, name='logits')
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits), name='loss')
train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
print('shape', x.get_shape().as_list(), tensor_shape.dimension_value(x.shape[1]), w.get_shape()[0].value * 3)
print('consumers of logits:', len(logits.consumers()), 'graph is the default one:', loss.graph is tf.get_default_graph())

tf.global_variables_initializer().run()
sess.run(tf.local_variables_initializer())
print('uninitialized:', sess.run(tf.report_uninitialized_variables()).tolist())

# fetches may be nested, by name or by object; whatever can be a feed may be fed
batch = Batch(x, y)
feed = dict(zip(batch, (data[::3], species[::3])))
for step in range(31):
    train_op.run(feed)
    if step % 10 == 0:
        print('step %d loss %.6f' % (step, loss.eval(feed)))
result = sess.run({'losses': [loss, ('loss:0', loss)], 'batch': Batch(tf.shape(x), tf.shape(y)), 'op': train_op.name}, feed)
print('nested %.6f %s %s %s' % (result['losses'][1][0], type(result['batch']).__name__,
                               result['batch'].inputs.tolist(), result['op']))
print('argmax of fed logits', tf.argmax(logits, 1).eval({logits: [[1, 5, 2], [7, 0, 0]]}).tolist())
print('with another mean %.6f' % sess.run(loss, {x: data[::3], y: species[::3], mean: [0.5, 0, 0, 0]}))

# a callable for a hot loop, and values that stay where they are
step_fn = sess.make_callable([loss, train_op], feed_list=[x, y])
print('callable %.6f' % step_fn(data, species)[0])
kept = sess.run(tf.get_session_handle(tf.square(w)))
holder, value = tf.get_session_tensor(kept.handle, tf.float32)
print('from a handle %.6f' % sess.run(tf.reduce_sum(value), feed_dict={holder: kept.handle}))

# tracing
options, metadata = tf.RunOptions(trace_level=tf.RunOptions.FULL_TRACE), tf.RunMetadata()
sess.run(logits, {x: data[:5]}, options=options, run_metadata=metadata)
trace = timeline.Timeline(step_stats=metadata.step_stats).generate_chrome_trace_format()
print('traced MatMul:', 'MatMul' in trace)

# variables: load, assign with a fed value, a copy that shares nothing
before = loss.eval(feed)
w.load(w.eval() * 2, sess)
print('doubled weights %.6f' % loss.eval(feed))
sess.run(w.initializer)
print('initial weights %.6f, trained ones %.6f' % (loss.eval(feed), before))
for error, wrong in ((tf.errors.InvalidArgumentError, lambda: loss.eval({x: data})),
                     (ValueError, lambda: loss.eval({x: data[:, :2], y: species})),
                     (KeyError, lambda: sess.graph.get_tensor_by_name('nobody:0')),
                     (TypeError, lambda: sess.run(None))):
    try:
        wrong()
    except error as e:
        print('caught', type(e).__name__)
sess.close()

with tf.Graph().as_default() as other, tf.Session(graph=other) as session:
    # partial_run: feeds and fetches in parts, nothing is computed twice (an InteractiveSession cannot do it)
    first = tf.placeholder(tf.float32, [], name='x')
    second = tf.placeholder(tf.float32, [])
    noise = tf.random_uniform([], seed=2) + first
    product = noise * second
    handle = session.partial_run_setup([noise, product], [first, second])
    part = session.partial_run(handle, noise, {first: 2.0})
    whole = session.partial_run(handle, product, {second: part * 10})
    print('partial run %.6f, its square %.6f' % (part, whole / 10))
    print('name in another graph:', first.name, session.graph is other)
print('final loss %.6f' % before)
