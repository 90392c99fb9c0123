"""Canned estimators with feature columns: buckets, vocabularies, crosses; LinearClassifier, LinearRegressor and a DNN."""
import argparse
import sys

import numpy as np
import tensorflow as tf

parser = argparse.ArgumentParser()
parser.add_argument('--batch_size', default=50, type=int, help='batch size')
parser.add_argument('--train_steps', default=60, type=int, help='number of training steps')

JOBS = ['baker', 'carpenter', 'doctor', 'driver', 'teacher']
CITIES = ['north', 'south', 'harbour']


def make_people(count, seed):
    """A table like a census: does somebody take the train, and how many minutes?"""
    rng = np.random.RandomState(seed)
    people = {
        'age': rng.randint(18, 75, count).astype(np.float32),
        'hours': np.round(rng.uniform(10, 50, count)).astype(np.float32),
        'job': np.array(JOBS)[rng.randint(0, len(JOBS), count)],
        'city': np.array(CITIES)[rng.randint(0, len(CITIES), count)],
    }
    score = ((people['age'] > 30) & (people['age'] < 55)) * 1.5 + (people['city'] == 'harbour') * 1.0 - 1.5
    score = score + ((people['job'] == 'teacher') & (people['city'] == 'north')) * 2.0 + people['hours'] / 40.0
    takes_train = (score + 0.5 * rng.randn(count) > 0.5).astype(np.int32)
    minutes = (20 + 8 * score + rng.randn(count)).astype(np.float32)
    return people, takes_train, minutes


def build_columns():
    age = tf.feature_column.numeric_column('age')
    hours = tf.feature_column.numeric_column('hours', normalizer_fn=lambda v: (v - 30.0) / 12.0)
    job = tf.feature_column.categorical_column_with_vocabulary_list('job', JOBS)
    city = tf.feature_column.categorical_column_with_vocabulary_list('city', CITIES)
    age_buckets = tf.feature_column.bucketized_column(age, boundaries=[25, 30, 35, 45, 55, 65])
    crossed = tf.feature_column.crossed_column(['job', 'city'], hash_bucket_size=50)
    hashed = tf.feature_column.categorical_column_with_hash_bucket('job', hash_bucket_size=10)
    base = [hours, job, city, age_buckets]
    deep = [hours, tf.feature_column.indicator_column(city),
            tf.feature_column.embedding_column(hashed, dimension=3,
                                               initializer=tf.truncated_normal_initializer(stddev=0.3, seed=1))]
    return base, [crossed], deep


def train_input_fn(features, labels, batch_size):
    """An input function for training"""
    dataset = tf.data.Dataset.from_tensor_slices((dict(features), labels))
    return dataset.shuffle(1000, seed=7, reshuffle_each_iteration=False).repeat().batch(batch_size)


def eval_input_fn(features, labels, batch_size):
    inputs = dict(features) if labels is None else (dict(features), labels)
    return tf.data.Dataset.from_tensor_slices(inputs).batch(batch_size)


def report(name, result):
    wanted = [k for k in ('accuracy', 'auc', 'precision', 'average_loss', 'loss') if k in result]
    print(name, ', '.join('%s %.5f' % (k, result[k]) for k in wanted))


def main(argv):
    args = parser.parse_args(argv[1:])
    train_x, train_y, train_minutes = make_people(600, seed=1)
    test_x, test_y, test_minutes = make_people(200, seed=2)
    base, crosses, deep = build_columns()
    config = tf.estimator.RunConfig(tf_random_seed=3)

    classifier = tf.estimator.LinearClassifier(
        feature_columns=base + crosses, config=config, model_dir='linear',
        optimizer=tf.train.FtrlOptimizer(learning_rate=0.1, l1_regularization_strength=0.01,
                                         l2_regularization_strength=0.01))
    classifier.train(input_fn=lambda: train_input_fn(train_x, train_y, args.batch_size), steps=args.train_steps)
    result = classifier.evaluate(input_fn=lambda: eval_input_fn(test_x, test_y, args.batch_size))
    report('linear classifier:', result)
    few = {key: value[:3] for key, value in test_x.items()}
    for p in classifier.predict(input_fn=lambda: eval_input_fn(few, None, 3)):
        print('takes the train: %s (%.6f)' % (p['classes'][0].decode(), p['probabilities'][1]))
    for name in sorted(n for n in classifier.get_variable_names() if n.endswith('city/weights')):
        print(name, ' '.join('%.6f' % w for w in classifier.get_variable_value(name)[:, 0]))

    regressor = tf.estimator.LinearRegressor(feature_columns=[base[0], base[3]], config=config, model_dir='minutes',
                                             optimizer=lambda: tf.train.AdamOptimizer(
                                                 tf.train.polynomial_decay(2.0, tf.train.get_global_step(), 60, 0.2)))
    regressor.train(lambda: train_input_fn(train_x, train_minutes, args.batch_size), steps=args.train_steps)
    report('linear regressor:', regressor.evaluate(lambda: eval_input_fn(test_x, test_minutes, args.batch_size)))

    # The hidden layers of a DNNClassifier have no seeds, so the deep columns go through input_layer here.
    with tf.Graph().as_default(), tf.Session() as sess:
        tf.set_random_seed(4)
        features, labels = train_input_fn(train_x, train_y, args.batch_size).make_one_shot_iterator().get_next()
        net = tf.feature_column.input_layer(features, deep)
        net = tf.layers.dense(net, 8, tf.nn.tanh, kernel_initializer=tf.glorot_uniform_initializer(seed=5))
        logits = tf.layers.dense(net, 1, kernel_initializer=tf.glorot_uniform_initializer(seed=6))
        loss = tf.losses.sigmoid_cross_entropy(labels[:, tf.newaxis], logits)
        train_op = tf.train.AdagradOptimizer(0.1).minimize(loss)
        sess.run([tf.global_variables_initializer(), tf.tables_initializer()])
        losses = [sess.run([loss, train_op])[0] for _ in range(args.train_steps)]
        print('deep columns: width %d, loss %.6f' % (net.shape[1], np.mean(losses[-20:])))
    print('final loss %.6f' % result['average_loss'])


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.app.run(main=main, argv=sys.argv)
