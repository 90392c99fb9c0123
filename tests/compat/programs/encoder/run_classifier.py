"""Classify sentences with an encoder: train, evaluate, predict. A program as they were written for TPUs in 2018 and 2019."""

from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import csv
import os

import modeling
import optimization
import tensorflow as tf

flags = tf.flags
FLAGS = flags.FLAGS

flags.DEFINE_string("data_dir", None, "Folder with train.tsv, dev.tsv and test.tsv.")
flags.DEFINE_string("config_file", None, "Sizes of the encoder, as JSON.")
flags.DEFINE_string("vocab_file", None, "A word a line.")
flags.DEFINE_string("output_dir", None, "Where checkpoints and results go.")
flags.DEFINE_string("init_checkpoint", None, "Weights to start with.")
flags.DEFINE_bool("do_train", False, "Whether to train.")
flags.DEFINE_bool("do_eval", False, "Whether to evaluate.")
flags.DEFINE_bool("do_predict", False, "Whether to predict.")
flags.DEFINE_integer("max_seq_length", 12, "Longer sentences are cut, shorter ones padded.")
flags.DEFINE_integer("train_batch_size", 4, "Sentences of a step.")
flags.DEFINE_integer("eval_batch_size", 3, "Sentences of an evaluation step.")
flags.DEFINE_integer("predict_batch_size", 5, "Sentences of a prediction step.")
flags.DEFINE_float("learning_rate", 0.02, "The largest learning rate.")
flags.DEFINE_float("epochs", 2.0, "How often each sentence is seen.")
flags.DEFINE_float("warmup", 0.2, "Share of the steps in which the rate rises.")
flags.DEFINE_integer("shuffle_buffer", 100, "Sentences that are shuffled at a time.")
flags.DEFINE_integer("save_checkpoints_steps", 1000, "Steps between checkpoints.")
flags.DEFINE_integer("iterations_per_loop", 1000, "Steps of a call of the estimator.")
flags.DEFINE_bool("use_tpu", False, "Whether there is a TPU.")
tf.flags.DEFINE_string("tpu_name", None, "Its name.")
tf.flags.DEFINE_string("master", None, "Address of the session.")
flags.DEFINE_integer("num_tpu_cores", 8, "Only used if `use_tpu` is True.")

LABELS = ["sea", "hill"]


class PaddingExample(object):
    """Fills the last batch where all must have one size."""


def read(path, with_labels=True):
    with tf.gfile.Open(path, "r") as f:
        rows = list(csv.reader(f, delimiter="\t"))
    return [(row[-1], row[0] if with_labels else LABELS[0]) for row in rows]


def write_records(examples, vocabulary, length, path):
    writer = tf.python_io.TFRecordWriter(path)
    for i, example in enumerate(examples):
        real = not isinstance(example, PaddingExample)
        words = example[0].split()[:length] if real else []
        ids = [vocabulary.get(word, 1) for word in words] + [0] * (length - len(words))
        mask = [1] * len(words) + [0] * (length - len(words))
        if i < 2 and real:
            tf.logging.info("ids: %s", " ".join(str(x) for x in ids))
        features = {
            "ids": integers(ids),
            "mask": integers(mask),
            "label": integers([LABELS.index(example[1]) if real else 0]),
            "is_real": integers([int(real)]),
        }
        writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())
    writer.close()


def integers(values):
    return tf.train.Feature(int64_list=tf.train.Int64List(value=list(values)))


def input_fn_builder(path, length, is_training, drop_remainder):
    spec = {
        "ids": tf.FixedLenFeature([length], tf.int64),
        "mask": tf.FixedLenFeature([length], tf.int64),
        "label": tf.FixedLenFeature([], tf.int64),
        "is_real": tf.FixedLenFeature([], tf.int64),
    }

    def parse(record):
        example = tf.parse_single_example(record, spec)
        for name in list(example.keys()):
            if example[name].dtype == tf.int64:
                example[name] = tf.to_int32(example[name])  # TPUs have no int64
        return example

    def input_fn(params):
        data = tf.data.TFRecordDataset(path)
        if is_training:
            data = data.shuffle(buffer_size=FLAGS.shuffle_buffer).repeat()
        return data.apply(
            tf.contrib.data.map_and_batch(parse, batch_size=params["batch_size"], drop_remainder=drop_remainder)
        )

    return input_fn


def classify(config, is_training, features, labels):
    encoder = modeling.Encoder(config, is_training, features["ids"], features["mask"])
    weights = tf.get_variable("output_weights", [len(LABELS), config.width], initializer=modeling.initializer(0.3))
    bias = tf.get_variable("output_bias", [len(LABELS)], initializer=tf.zeros_initializer())
    with tf.variable_scope("loss"):
        logits = tf.nn.bias_add(tf.matmul(encoder.sentence, weights, transpose_b=True), bias)
        losses = -tf.reduce_sum(tf.one_hot(labels, len(LABELS)) * tf.nn.log_softmax(logits, axis=-1), axis=-1)
        return tf.reduce_mean(losses), losses, logits, tf.nn.softmax(logits, axis=-1)


def model_fn_builder(config, init_checkpoint, rate, steps, warmup_steps, use_tpu):
    def model_fn(features, labels, mode, params):
        for name in sorted(features.keys()):
            tf.logging.info("feature %s: %s", name, features[name].shape)
        is_real = tf.cast(features["is_real"], dtype=tf.float32)
        loss, losses, logits, shares = classify(
            config, mode == tf.estimator.ModeKeys.TRAIN, features, features["label"]
        )
        variables = tf.trainable_variables()
        initialized, scaffold_fn = set(), None
        if init_checkpoint:
            assignment, initialized = modeling.assignment_map(variables, init_checkpoint)
            if use_tpu:

                def scaffold_fn():
                    tf.train.init_from_checkpoint(init_checkpoint, assignment)
                    return tf.train.Scaffold()

            else:
                tf.train.init_from_checkpoint(init_checkpoint, assignment)
        for variable in variables:
            tf.logging.info("%s %s%s", variable.name, variable.shape, " (init)" if variable.name[:-2] in initialized else "")
        if mode == tf.estimator.ModeKeys.TRAIN:
            train_op, current = optimization.create_train_op(loss, rate, steps, warmup_steps, use_tpu)
            report = tf.train.LoggingTensorHook({"loss": loss, "rate": current}, every_n_iter=1, formatter=shown)
            return tf.contrib.tpu.TPUEstimatorSpec(
                mode=mode, loss=loss, train_op=train_op, scaffold_fn=scaffold_fn, training_hooks=[report]
            )
        if mode == tf.estimator.ModeKeys.EVAL:

            def metric_fn(losses, labels, logits, is_real):
                guesses = tf.argmax(logits, axis=-1, output_type=tf.int32)
                accuracy = tf.metrics.accuracy(labels=labels, predictions=guesses, weights=is_real)
                return {"eval_accuracy": accuracy, "eval_loss": tf.metrics.mean(values=losses, weights=is_real)}

            return tf.contrib.tpu.TPUEstimatorSpec(
                mode=mode,
                loss=loss,
                eval_metrics=(metric_fn, [losses, features["label"], logits, is_real]),
                scaffold_fn=scaffold_fn,
            )
        return tf.contrib.tpu.TPUEstimatorSpec(mode=mode, predictions={"shares": shares}, scaffold_fn=scaffold_fn)

    return model_fn


def shown(values):
    text = "step loss %.9g rate %.9g" % (values["loss"], values["rate"])
    print(text)
    return text


def main(_):
    tf.logging.set_verbosity(tf.logging.INFO)
    if not FLAGS.do_train and not FLAGS.do_eval and not FLAGS.do_predict:
        raise ValueError("At least one of `do_train`, `do_eval` and `do_predict` must be True.")
    config = modeling.EncoderConfig.from_json_file(FLAGS.config_file)
    if FLAGS.max_seq_length > config.length:
        raise ValueError("The encoder has only %d places." % config.length)
    tf.gfile.MakeDirs(FLAGS.output_dir)
    vocabulary = {line.strip(): i for i, line in enumerate(tf.gfile.GFile(FLAGS.vocab_file))}
    resolver = None
    if FLAGS.use_tpu and FLAGS.tpu_name:
        resolver = tf.contrib.cluster_resolver.TPUClusterResolver(FLAGS.tpu_name)
    run_config = tf.contrib.tpu.RunConfig(
        cluster=resolver,
        master=FLAGS.master,
        model_dir=FLAGS.output_dir,
        save_checkpoints_steps=FLAGS.save_checkpoints_steps,
        tpu_config=tf.contrib.tpu.TPUConfig(
            iterations_per_loop=FLAGS.iterations_per_loop,
            num_shards=FLAGS.num_tpu_cores,
            per_host_input_for_training=tf.contrib.tpu.InputPipelineConfig.PER_HOST_V2,
        ),
    )
    examples, steps, warmup_steps = [], None, None
    if FLAGS.do_train:
        examples = read(os.path.join(FLAGS.data_dir, "train.tsv"))
        steps = int(len(examples) / FLAGS.train_batch_size * FLAGS.epochs)
        warmup_steps = int(steps * FLAGS.warmup)
    estimator = tf.contrib.tpu.TPUEstimator(
        use_tpu=FLAGS.use_tpu,
        model_fn=model_fn_builder(
            config, FLAGS.init_checkpoint, FLAGS.learning_rate, steps, warmup_steps, FLAGS.use_tpu
        ),
        config=run_config,
        train_batch_size=FLAGS.train_batch_size,
        eval_batch_size=FLAGS.eval_batch_size,
        predict_batch_size=FLAGS.predict_batch_size,
    )
    length = FLAGS.max_seq_length
    if FLAGS.do_train:
        path = os.path.join(FLAGS.output_dir, "train.tf_record")
        write_records(examples, vocabulary, length, path)
        tf.logging.info("***** Running training *****")
        estimator.train(input_fn=input_fn_builder(path, length, True, True), max_steps=steps)
    if FLAGS.do_eval:
        examples = read(os.path.join(FLAGS.data_dir, "dev.tsv"))
        while FLAGS.use_tpu and len(examples) % FLAGS.eval_batch_size:
            examples.append(PaddingExample())
        path = os.path.join(FLAGS.output_dir, "eval.tf_record")
        write_records(examples, vocabulary, length, path)
        result = estimator.evaluate(input_fn=input_fn_builder(path, length, False, FLAGS.use_tpu), steps=None)
        with tf.gfile.GFile(os.path.join(FLAGS.output_dir, "eval_results.txt"), "w") as writer:
            for key in sorted(result.keys()):
                tf.logging.info("  %s = %s", key, str(result[key]))
                writer.write("%s = %s\n" % (key, str(result[key])))
    if FLAGS.do_predict:
        examples = read(os.path.join(FLAGS.data_dir, "test.tsv"), with_labels=False)
        path = os.path.join(FLAGS.output_dir, "predict.tf_record")
        write_records(examples, vocabulary, length, path)
        with tf.gfile.GFile(os.path.join(FLAGS.output_dir, "test_results.tsv"), "w") as writer:
            for row in estimator.predict(input_fn=input_fn_builder(path, length, False, False)):
                writer.write("\t".join(str(share) for share in row["shares"]) + "\n")


if __name__ == "__main__":
    for name in ("data_dir", "config_file", "vocab_file", "output_dir"):
        flags.mark_flag_as_required(name)
    tf.app.run()
