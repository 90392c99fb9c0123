"""The iris network: a plain function from features to logits, and its loss."""
import tensorflow as tf

FLAGS = tf.app.flags.FLAGS
tf.app.flags.DEFINE_integer('hidden', 16, 'Units of the hidden layer.')
tf.app.flags.DEFINE_float('weight_decay', 1e-3, 'L2 weight decay.')

NUM_CLASSES = 3
NUM_FEATURES = 4


def _variable_with_weight_decay(name, shape, stddev, wd, seed):
  var = tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=stddev, seed=seed))
  if wd:
    weight_decay = tf.multiply(tf.nn.l2_loss(var), wd, name='weight_loss')
    tf.add_to_collection('losses', weight_decay)
  return var


def inference(features):
  with tf.variable_scope('hidden'):
    weights = _variable_with_weight_decay('weights', [NUM_FEATURES, FLAGS.hidden], 0.3, FLAGS.weight_decay, 1)
    biases = tf.get_variable('biases', [FLAGS.hidden], initializer=tf.constant_initializer(0.1))
    hidden = tf.nn.relu(tf.nn.xw_plus_b(features, weights, biases), name='hidden')
  with tf.variable_scope('softmax_linear'):
    weights = _variable_with_weight_decay('weights', [FLAGS.hidden, NUM_CLASSES], 0.3, 0.0, 2)
    biases = tf.get_variable('biases', [NUM_CLASSES], initializer=tf.zeros_initializer())
    return tf.add(tf.matmul(hidden, weights), biases, name='logits')


def loss(logits, labels):
  cross_entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
  tf.add_to_collection('losses', tf.reduce_mean(cross_entropy, name='cross_entropy'))
  return tf.add_n(tf.get_collection('losses'), name='total_loss')


def train(total_loss, global_step, ema_decay=0.9):
  lr = tf.train.piecewise_constant(global_step, [100, 200], [0.05, 0.02, 0.01])
  with tf.control_dependencies([tf.assign_add(global_step, 0)]):
    opt = tf.train.MomentumOptimizer(lr, 0.9)
    apply_gradient_op = opt.apply_gradients(opt.compute_gradients(total_loss), global_step=global_step)
  ema = tf.train.ExponentialMovingAverage(ema_decay, global_step)
  with tf.control_dependencies([apply_gradient_op]):
    return ema.apply(tf.trainable_variables()), ema
