"""tf.contrib.summary: what is in the files that it writes, in graphs and in eager code. Runs on Python 3.7 as well."""

import glob
import os
import shutil
import sqlite3
import tempfile

import numpy as np

from tests.compat.cases_training import attempt
from tests.compat.harness import Run, numbers, plain


def events(tf, folder):
    """Step, tag and value of all events but the first, which has the version."""
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "*"))):
        for event in tf.train.summary_iterator(path):
            if event.HasField("graph_def"):
                found.append([event.step, "graph", "simple" in str(event.graph_def)])
            for value in event.summary.value:
                kind = value.WhichOneof("value")
                content = getattr(value, kind)
                if kind == "histo":
                    content = [content.num, content.min, content.max]
                elif kind == "image":
                    content = [content.height, content.width, content.colorspace]
                elif kind == "audio":
                    content = [content.sample_rate, content.num_channels, content.length_frames]
                elif kind == "tensor":
                    content = tf.make_ndarray(content)
                found.append([event.step, value.tag, kind, content])
    return plain(found)


def write_all(tf, summary):
    """One summary of each kind."""
    with tf.name_scope("part"):
        return [
            summary.scalar("simple", tf.constant(2.5)),
            summary.scalar("with step", tf.constant(3.5), family="family", step=7),
            summary.histogram("histogram", tf.constant(numbers((5,), "histogram"))),
            summary.image("image", tf.constant(np.abs(numbers((4, 3, 2, 1), "image"))), max_images=2),
            summary.audio("audio", tf.constant(numbers((1, 8, 1), "audio")), sample_rate=44.0, max_outputs=1),
            summary.generic("generic", tf.constant([1, 2])),
        ]


def case_in_a_graph(tf, contrib):
    summary = contrib.summary
    folder = tempfile.mkdtemp()
    step = tf.train.get_or_create_global_step()
    writer = summary.create_file_writer(folder, flush_millis=10000, filename_suffix=".suffix")
    nothing = summary.scalar("no writer", 1.0)
    with writer.as_default(), summary.always_record_summaries():
        write_all(tf, summary)
        with summary.never_record_summaries():
            summary.scalar("never", 1.0)
        with summary.record_summaries_every_n_global_steps(2):
            summary.scalar("every second", tf.cast(step, tf.float32))
        recording = summary.should_record_summaries()
    with writer.as_default():
        default = summary.should_record_summaries()
    ops = summary.all_summary_ops()
    close = writer.close()

    def also(session):
        with writer.as_default():
            summary.initialize(graph=tf.get_default_graph(), session=session)
        for _ in range(3):
            session.run(ops)
            session.run(step.assign_add(1))
        session.run(summary.flush(writer))
        session.run(close)
        suffix = all(path.endswith(".suffix") for path in glob.glob(os.path.join(folder, "*")))
        found = sorted(events(tf, folder), key=lambda e: e[:2])
        shutil.rmtree(folder)
        return [found, suffix, len(ops), type(nothing).__name__, plain(session.run([recording, default]))]

    return Run(also=also)


def case_in_eager_code(tf, contrib):
    from tensorflow.python.eager import context

    summary = contrib.summary

    def also(_):
        with context.eager_mode(), tempfile.TemporaryDirectory() as folder:
            step = tf.train.get_or_create_global_step()
            step.assign(4)
            writer = summary.create_summary_file_writer(folder)
            with writer.as_default(), summary.always_record_summaries():
                write_all(tf, summary)
                summary.graph(tf.Graph(), step=2)
                event = tf.Event(step=9, summary=tf.Summary(value=[tf.Summary.Value(tag="event", simple_value=1.5)]))
                summary.import_event(event.SerializeToString())
            with writer.as_default():
                summary.scalar("not recorded", 1.0)
            with writer.as_default(), summary.record_summaries_every_n_global_steps(3):
                for value in range(4):
                    summary.scalar("every third", float(value))
                    step.assign_add(1)
            writer.flush()
            return [events(tf, folder), summary.all_summary_ops(), attempt(summary.summary_writer_initializer_op)]

    return Run(also=also)


def case_without_a_writer(tf, contrib):
    summary = contrib.summary
    with summary.create_file_writer(None).as_default(), summary.always_record_summaries():
        summary.scalar("nowhere", 1.0)
    outcomes = [
        attempt(lambda: summary.initialize(session=tf.Session())),
        attempt(lambda: summary.graph(3)),
        attempt(lambda: summary.create_db_writer("file:x", user_name="not a user")),
        summary.eval_dir("model"),
        summary.eval_dir("model", "test"),
        len(summary.summary_writer_initializer_op()),
    ]
    return Run(also=lambda _: outcomes)


def case_database(tf, contrib):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, "summaries.sqlite")
    writer = contrib.summary.create_db_writer(path, "experiment", "run", "somebody", name="db")
    tf.train.get_or_create_global_step()
    with writer.as_default(), contrib.summary.always_record_summaries():
        contrib.summary.scalar("loss", tf.constant(0.5))
    close = writer.close()

    def also(session):
        session.run(contrib.summary.summary_writer_initializer_op())
        session.run(contrib.summary.all_summary_ops())
        session.run(close)
        with sqlite3.connect(path) as database:
            columns = (
                ("tag_name", "Tags"),
                ("run_name", "Runs"),
                ("experiment_name", "Experiments"),
                ("user_name", "Users"),
            )
            found = [[row[0] for row in database.execute("select %s from %s" % column)] for column in columns]
        shutil.rmtree(folder)
        return found

    return Run(also=also)
