import numpy as np
import tensorflow as tf


def my_model_fn(features, labels, mode, params):
    """Two layers."""
    is_training = mode == tf.estimator.ModeKeys.TRAIN
    x = features['x']
    hidden = tf.layers.dense(x, params['units'], tf.nn.elu)
    hidden = tf.layers.dropout(hidden, 0.2, training=is_training)
    logits = tf.layers.dense(hidden, 3)
    predictions = {
        'classes': tf.argmax(logits, 1),
        'probabilities': tf.nn.softmax(logits),
    }
    # nothing else is needed to predict
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode=mode, predictions=predictions)

    loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
    if mode == tf.estimator.ModeKeys.EVAL:
        accuracy = tf.metrics.accuracy(labels=labels, predictions=predictions['classes'])
        return tf.estimator.EstimatorSpec(mode=mode, loss=loss, eval_metric_ops={'accuracy': accuracy})
    loss = loss + tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables()])
    optimizer = tf.train.AdamOptimizer(0.01)
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode=mode, loss=loss, train_op=train_op)


def main():
    rng = np.random.RandomState(0)
    data = rng.randn(100, 4).astype(np.float32)
    truth = rng.randint(0, 3, 100)
    train_x, test_x = np.split(data, [80])
    train_y, test_y = np.split(truth, [80])
    classifier = tf.estimator.Estimator(model_fn=my_model_fn, params={'units': 5})
    train_input_fn = tf.estimator.inputs.numpy_input_fn(
        x={'x': train_x}, y=train_y, batch_size=16, num_epochs=None, shuffle=True)
    classifier.train(input_fn=train_input_fn, steps=20)
    eval_input_fn = tf.estimator.inputs.numpy_input_fn({'x': test_x}, test_y, num_epochs=1, shuffle=False)
    results = classifier.evaluate(input_fn=eval_input_fn)
    print(results['accuracy'], results['loss'])
    for p in classifier.predict(eval_input_fn):
        print(p['classes'], p['probabilities'].max())


if __name__ == '__main__':
    main()
