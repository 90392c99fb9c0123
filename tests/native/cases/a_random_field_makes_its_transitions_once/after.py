import numpy as np
import tensorflow as tf


def crf_log_likelihood(inputs, tag_indices, sequence_lengths, transition_params):
    """Logarithms of the probability of sequences of tags, [batch]."""
    score = crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params)
    return score - crf_log_norm(inputs, sequence_lengths, transition_params)


def crf_sequence_score(inputs, tag_indices, sequence_lengths, transition_params):
    """Scores of sequences of tags, [batch]: the sum of their entries of inputs, and of transitions between them."""
    mask = tf.sequence_mask(sequence_lengths, tf.shape(tag_indices)[1], tf.float32)
    unary = tf.gather(inputs, tag_indices, axis=2, batch_dims=2)
    binary = tf.gather_nd(transition_params, tf.stack([tag_indices[:, :-1], tag_indices[:, 1:]], axis=2))
    return tf.reduce_sum(unary * mask, 1) + tf.reduce_sum(binary * mask[:, 1:], 1)


def crf_log_norm(inputs, sequence_lengths, transition_params):
    """Logarithms of the sum over all sequences of tags of exp(score), [batch]."""
    lengths = tf.cast(sequence_lengths, tf.int32)

    def forward(alphas, step):
        longer = inputs[:, step] + tf.reduce_logsumexp(alphas[:, :, tf.newaxis] + transition_params, 1)
        return tf.where((step < lengths)[:, tf.newaxis], longer, alphas)

    alphas = tf.foldl(forward, tf.range(1, tf.shape(inputs)[1]), inputs[:, 0])
    return tf.where(lengths > 0, tf.reduce_logsumexp(alphas, 1), 0.0)


def crf_decode(potentials, transition_params, sequence_length):
    """The sequences of tags with the highest score, [batch, time] with zeros behind their end, and these scores, [batch]."""
    batch, steps, count = tf.unstack(tf.shape(potentials))
    lengths = tf.maximum(tf.cast(sequence_length, tf.int32), 1)
    same = tf.tile(tf.range(count)[tf.newaxis], [batch, 1])

    def forward(before, step):
        scores = before[0][:, :, tf.newaxis] + transition_params
        inside = ((step > 0) & (step < lengths))[:, tf.newaxis]
        score = tf.where(inside, potentials[:, step] + tf.reduce_max(scores, 1), before[0])
        return score, tf.where(inside, tf.argmax(scores, 1, tf.int32), same)

    scores, pointers = tf.scan(forward, tf.range(steps), (potentials[:, 0], same))
    last = tf.argmax(scores[-1], 1, tf.int32)
    tags = tf.scan(lambda tag, pointer: tf.gather(pointer, tag, batch_dims=1), pointers, last, reverse=True)
    tags = tf.transpose(tf.concat([tags[1:], last[tf.newaxis]], 0))
    return tf.where(tf.sequence_mask(lengths, steps), tags, 0), tf.reduce_max(scores[-1], 1)


TAGS = ["DET", "NOUN", "VERB"]
transitions = tf.Variable(tf.keras.initializers.GlorotUniform()([len(TAGS), len(TAGS)]), name="transitions")
optimizer = tf.keras.optimizers.SGD(0.1)
rows = np.random.rand(2, 4, 3)


@tf.function(input_signature=[
    tf.TensorSpec([None, 4, 3], tf.float32),
    tf.TensorSpec([None, 4], tf.int32),
    tf.TensorSpec([None], tf.int32),
])
def train_step(x, tags, lengths):
    with tf.GradientTape() as tape:
        scores = tf.reshape(tf.tanh(x), [-1, 4, len(TAGS)])
        log_likelihood = crf_log_likelihood(scores, tags, lengths, transitions)
        loss = -tf.reduce_mean(log_likelihood)
    variables = [transitions]
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))


@tf.function(input_signature=[
    tf.TensorSpec([None, 4, 3], tf.float32),
    tf.TensorSpec([None], tf.int32),
])
def compute_best(x, lengths):
    scores = tf.reshape(tf.tanh(x), [-1, 4, len(TAGS)])
    best, _ = crf_decode(scores, transitions, lengths)
    return best


train_step(rows, [[0, 1, 2, 0], [0, 1, 0, 0]], [4, 2])
print(compute_best(rows, [4, 2]).numpy())
print(transitions.numpy())
