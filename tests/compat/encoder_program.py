"""Runs the program programs/encoder, which has the shape of BERT's run_classifier, with made-up data. Runs on Python 3.7 as well."""

import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
PROGRAM = os.path.join(HERE, "programs", "encoder")
CHECKPOINT = os.path.join(HERE, "recorded", "encoder", "start")
WORDS = {
    "sea": ["wave", "ship", "salt", "tide"],
    "hill": ["rock", "path", "goat", "snow"],
    "both": ["wind", "rain", "sun"],
}


def write_data(folder):
    """Words, sizes and three files of sentences: the same ones each time."""
    draw = random.Random(5)
    words = ["[PAD]", "[UNK]", *sorted(word for group in WORDS.values() for word in group)]
    with open(os.path.join(folder, "words.txt"), "w") as f:
        f.write("\n".join(words) + "\n")
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump({"words": len(words)}, f)
    for name, size in (("train", 20), ("dev", 8), ("test", 7)):
        with open(os.path.join(folder, name + ".tsv"), "w") as f:
            for _ in range(size):
                label = draw.choice(["sea", "hill"])
                chosen = [draw.choice(WORDS[label] + WORDS["both"]) for _ in range(draw.randint(2, 9))]
                f.write("%s\t%s\n" % (label, " ".join(chosen)))


def results(command):
    """What the program prints and writes when ``command`` (a list, in front of the script) runs it."""
    folder = tempfile.mkdtemp()
    try:
        write_data(folder)
        output = os.path.join(folder, "output")
        flags = ["--data_dir", folder, "--config_file", folder + "/config.json", "--vocab_file", folder + "/words.txt"]
        flags += [
            "--output_dir",
            output,
            "--init_checkpoint",
            CHECKPOINT,
            "--do_train",
            "--do_eval=true",
            "--do_predict",
        ]
        flags += ["--shuffle_buffer=1"]  # the order of a shuffle is not that of 1.15
        env = dict(os.environ, TF_CPP_MIN_LOG_LEVEL="3", TF_ENABLE_ONEDNN_OPTS="0", CUDA_VISIBLE_DEVICES="-1")
        script = os.path.join(PROGRAM, "run_classifier.py")
        done = subprocess.run([*command, script, *flags], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode:
            raise RuntimeError(done.stderr.decode()[-3000:])
        with open(os.path.join(output, "eval_results.txt")) as f:
            evaluated = dict(line.strip().split(" = ") for line in f)
        with open(os.path.join(output, "test_results.tsv")) as f:
            predicted = [[float(x) for x in line.split("\t")] for line in f]
        return {
            "steps": [
                [float(x) for x in line.split()[2::2]]
                for line in done.stdout.decode().splitlines()
                if "step loss" in line
            ],
            "evaluated": {key: float(value) for key, value in evaluated.items()},
            "predicted": predicted,
            "checkpoints": sorted(os.path.basename(p) for p in glob.glob(output + "/model.ckpt-*.index")),
        }
    finally:
        shutil.rmtree(folder)


def write_checkpoint():
    """Weights for the program, from their names, written by the TensorFlow that is installed (record it with 1.15)."""
    import tensorflow as tf

    from tests.compat.harness import numbers

    sys.path.insert(0, PROGRAM)
    import run_classifier

    modeling = run_classifier.modeling
    zeros = tf.zeros([1, 12], tf.int32)
    run_classifier.classify(modeling.EncoderConfig(13), False, {"ids": zeros, "mask": zeros}, zeros[0, :1])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        for variable in tf.trainable_variables():
            variable.load(numbers(variable.shape.as_list(), variable.op.name), session)
        tf.train.Saver().save(session, CHECKPOINT, write_meta_graph=False, write_state=False)
