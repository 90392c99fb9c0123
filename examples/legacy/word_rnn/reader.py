"""A text that a small grammar writes, as numbers, and a queue of its consecutive pieces."""
from __future__ import division

import collections
import random

import tensorflow as tf

GRAMMAR = {
    'S': ['N V N <eos>', 'N V <eos>', 'A N V A N <eos>', 'N V that S'],
    'N': ['the cat', 'the dog', 'a bird', 'the sea', 'a ship'],
    'A': ['today', 'often', 'in spring'],
    'V': ['sees', 'likes', 'hears', 'follows'],
}


def _write(rng, symbol):
  for part in rng.choice(GRAMMAR[symbol]).split():
    if part in GRAMMAR:
      for word in _write(rng, part):
        yield word
    else:
      yield part


def _words(seed, count):
  rng = random.Random(seed)
  words = []
  while len(words) < count:
    words.extend(_write(rng, 'S'))
  return words[:count]


def texts():
  """Two texts as numbers of words, and the numbers by word: frequent words have small ones."""
  train, valid = _words(1, 2400), _words(2, 600)
  counts = collections.Counter(train)
  number = {w: i for i, w in enumerate(sorted(counts, key=lambda w: (-counts[w], w)))}
  return [number[w] for w in train], [number[w] for w in valid], number


def pieces(text, batch, length, name):
  """The next piece of every one of `batch` parallel readers, and the same one word later; both [batch, length]."""
  with tf.name_scope(name, 'pieces', [text]):
    numbers = tf.constant(text, tf.int32, name='text')
    columns = tf.size(numbers) // batch
    rows = tf.reshape(numbers[:batch * columns], [batch, columns])
    count = (columns - 1) // length
    with tf.control_dependencies([tf.assert_positive(count, message='the text is too short for this batch')]):
      count = tf.identity(count)
    start = tf.train.range_input_producer(count, shuffle=False).dequeue() * length
    both = [tf.strided_slice(rows, [0, start + shift], [batch, start + shift + length]) for shift in (0, 1)]
    for piece in both:
      piece.set_shape([batch, length])
    return both
