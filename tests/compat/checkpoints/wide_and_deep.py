"""A TensorFlow 1 program: a wide and deep classifier in the folder of the first argument; the second is the number of steps to train."""

import json
import sys

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)

age = tf.feature_column.numeric_column("age")
ages = tf.feature_column.bucketized_column(age, [18, 30, 50])
job = tf.feature_column.categorical_column_with_hash_bucket("job", 5)
wide = [ages, job, tf.feature_column.crossed_column([ages, "job"], 10)]
deep = [age, tf.feature_column.embedding_column(job, 3), tf.feature_column.indicator_column(ages)]
features = {
    "age": np.array([17, 25, 64, 40, 9, 30], np.float32) / 10,
    "job": np.array(["baker", "clerk", "baker", "driver", "clerk", "other"]),
}
labels = np.array([0, 1, 1, 0, 1, 0])


def main(model_dir, steps):
    model = tf.estimator.DNNLinearCombinedClassifier(
        model_dir, linear_feature_columns=wide, dnn_feature_columns=deep, dnn_hidden_units=[4, 2]
    )
    data = tf.estimator.inputs.numpy_input_fn(features, labels, batch_size=3, num_epochs=None, shuffle=False)
    if steps:
        model.train(data, steps=steps)
    once = tf.estimator.inputs.numpy_input_fn(features, batch_size=3, num_epochs=1, shuffle=False)
    print(json.dumps([[float(v) for v in p["probabilities"]] for p in model.predict(once)]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
