"""Skip-gram word2vec with noise contrastive estimation and a sampled softmax, on a text of our own."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import collections
import math
import random

import numpy as np
from six.moves import xrange  # pylint: disable=redefined-builtin
import tensorflow as tf

random.seed(5)
np.random.seed(5)

TEXT = """the king rules the land and the queen rules the land . the dog runs in the field and the cat sleeps in
the house . a king wears a crown and a queen wears a crown . a dog eats meat and a cat eats fish . the man walks in
the field and the woman walks in the house . """ * 12
words = TEXT.split()


def build_dataset(words, n_words):
  """Process raw inputs into a dataset."""
  count = [['UNK', -1]]
  count.extend(collections.Counter(words).most_common(n_words - 1))
  dictionary = dict()
  for word, _ in count:
    dictionary[word] = len(dictionary)
  data = [dictionary.get(word, 0) for word in words]
  count[0][1] = data.count(0)
  return data, count, dictionary, dict(zip(dictionary.values(), dictionary.keys()))


vocabulary_size = 30
data, count, dictionary, reverse_dictionary = build_dataset(words, vocabulary_size)
print('Most common words', count[:3])
data_index = 0


def generate_batch(batch_size, num_skips, skip_window):
  global data_index
  batch = np.ndarray(shape=(batch_size), dtype=np.int32)
  labels = np.ndarray(shape=(batch_size, 1), dtype=np.int32)
  span = 2 * skip_window + 1
  for i in range(batch_size // num_skips):
    window = [data[(data_index + j) % len(data)] for j in range(span)]
    context = random.sample([w for w in range(span) if w != skip_window], num_skips)
    for j, other in enumerate(context):
      batch[i * num_skips + j] = window[skip_window]
      labels[i * num_skips + j, 0] = window[other]
    data_index = (data_index + 1) % len(data)
  return batch, labels


batch_size = 64
embedding_size = 16
num_sampled = 8
valid_examples = np.array([dictionary[w] for w in ('king', 'dog', 'man')])

tf.random.set_seed(5)
valid_dataset = tf.constant(valid_examples, dtype=tf.int32)

embeddings = tf.Variable(tf.random.uniform([vocabulary_size, embedding_size], -1.0, 1.0, seed=1))
nce_weights = tf.Variable(tf.random.truncated_normal([vocabulary_size, embedding_size],
                                              stddev=1.0 / math.sqrt(embedding_size), seed=2))
nce_biases = tf.Variable(tf.zeros([vocabulary_size]))

optimizer = tf.keras.optimizers.SGD(0.5)


average_loss = 0


@tf.function(input_signature=[
  tf.TensorSpec([batch_size], tf.int32),
  tf.TensorSpec([batch_size, 1], tf.int32),
])
def train_step(train_inputs, train_labels):
  with tf.GradientTape() as tape:
    embed = tf.nn.embedding_lookup(embeddings, train_inputs)
    sampled = tf.random.log_uniform_candidate_sampler(
        true_classes=tf.cast(train_labels, tf.int64), num_true=1, num_sampled=num_sampled, unique=True,
        range_max=vocabulary_size, seed=3)
    nce = tf.reduce_mean(
        tf.nn.nce_loss(weights=nce_weights, biases=nce_biases, labels=train_labels, inputs=embed,
                       num_sampled=num_sampled, num_classes=vocabulary_size, sampled_values=sampled))
    softmax = tf.reduce_mean(
        tf.nn.sampled_softmax_loss(nce_weights, nce_biases, train_labels, embed, num_sampled, vocabulary_size, seed=4))
    loss = nce + 0.1 * softmax
  variables = [embeddings, nce_weights, nce_biases]
  gradients = tape.gradient(loss, variables)
  optimizer.apply_gradients(zip(gradients, variables))
  return loss


@tf.function
def compute_similarity():
  # Compute the cosine similarity between minibatch examples and all embeddings.
  norm = tf.sqrt(tf.reduce_sum(tf.square(embeddings), 1, keepdims=True))
  normalized_embeddings = embeddings / norm
  valid_embeddings = tf.nn.embedding_lookup(normalized_embeddings, valid_dataset)
  similarity = tf.matmul(valid_embeddings, normalized_embeddings, transpose_b=True)
  return similarity


for step in xrange(1, 601):
  batch_inputs, batch_labels = generate_batch(batch_size, 2, 2)
  loss_val = train_step(batch_inputs, batch_labels).numpy()
  average_loss += loss_val
  if step % 200 == 0:
    print('Average loss at step ', step, ': %.5f' % (average_loss / 200))
    final, average_loss = average_loss / 200, 0

sim = compute_similarity().numpy()
for i in xrange(len(valid_examples)):
  nearest = (-sim[i, :]).argsort()[1:4]
  print('Nearest to %s: %s' % (reverse_dictionary[valid_examples[i]],
                               ', '.join('%s %.4f' % (reverse_dictionary[k], sim[i, k]) for k in nearest)))
print('final loss %.6f' % final)
