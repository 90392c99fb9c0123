"""Language model in four files: an unrolled LSTM with carried state, range_input_producer, flags, Supervisor and perplexity.

  python train.py --size=small --folder=word_rnn
"""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf

import config
import reader
from model import WordRNN

flags = tf.flags
flags.DEFINE_enum('size', 'small', sorted(config.SIZES), 'How large the network is.')
flags.DEFINE_string('folder', 'word_rnn_model', 'Where the checkpoint goes.')
flags.DEFINE_bool('chatty', False, 'Print the perplexity within every epoch, not only in the first.')
FLAGS = flags.FLAGS


def perplexity(session, model, *also, **options):
  """Reads the whole text once; the state of the LSTM is fetched after each piece and fed with the next one."""
  cost, state = 0.0, session.run(model.first_state)
  for step in range(model.steps):
    feed = {}
    for placeholder, value in zip(model.first_state, state):
      feed[placeholder.c], feed[placeholder.h] = value
    fetched = session.run({'cost': model.cost, 'state': model.last_state, 'also': also}, feed)
    cost, state = cost + fetched['cost'], fetched['state']
    so_far = np.exp(cost / ((step + 1) * model.size.unrolled))
    if options.get('chatty') and step % 8 == 7:
      print('  piece %d of %d: perplexity %.6f' % (step + 1, model.steps, so_far))
  return so_far


def main(_):
  size = config.SIZES[FLAGS.size]
  train_text, valid_text, number = reader.texts()
  print('words: %d, of %d kinds' % (len(train_text), len(number)))

  with tf.Graph().as_default():
    tf.set_random_seed(61)
    start = tf.random_uniform_initializer(-size.spread, size.spread, seed=3)
    with tf.name_scope('train'), tf.variable_scope('model', initializer=start):
      training = WordRNN(train_text, len(number), size, True, name='train_text')
    with tf.name_scope('valid'), tf.variable_scope('model', reuse=True, initializer=start):
      validation = WordRNN(valid_text, len(number), size, False, name='valid_text')

    supervisor = tf.train.Supervisor(logdir=FLAGS.folder, summary_op=None, save_model_secs=0)
    with supervisor.managed_session() as session:
      for epoch in range(size.epochs):
        rate = size.rate * 0.5 ** max(0, epoch + 1 - size.halve_after)
        session.run(training.set_rate, {training.fed_rate: rate})
        before = perplexity(session, training, training.train_op, chatty=FLAGS.chatty or epoch == 0)
        after = perplexity(session, validation)
        print('epoch %d, rate %.3f: perplexity %.6f in training, %.6f in validation' % (
            epoch + 1, session.run(training.rate), before, after))
      path = supervisor.saver.save(session, supervisor.save_path, global_step=supervisor.global_step)
  print('saved %d variables at step %s' % (len(tf.train.list_variables(path)), path.split('-')[-1]))
  print('final loss %.6f' % np.log(after))


if __name__ == '__main__':
  tf.logging.set_verbosity(tf.logging.ERROR)
  tf.app.run()
