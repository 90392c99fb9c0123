"""Summaries of TensorFlow 0.x in tf.contrib.deprecated. Runs on Python 3.7 as well."""

import numpy as np

from tests.compat.harness import Run, plain


def case_summaries_with_tags(tf, contrib):
    deprecated = contrib.deprecated
    with tf.name_scope("scope"):
        parts = [
            deprecated.scalar_summary("a loss", tf.constant(0.5)),
            deprecated.scalar_summary(["x", "y"], tf.constant([1.0, 2.0]), collections=[], name="pair"),
            deprecated.histogram_summary("weights", tf.constant([1.0, 2.0, 2.0])),
            deprecated.image_summary("picture", tf.constant(np.arange(24.0).reshape(2, 2, 2, 3), tf.float32), 1),
            deprecated.audio_summary("sound", tf.constant([[0.1, -0.1, 0.2]]), 8000.0),
        ]
    merged = deprecated.merge_summary(parts)
    everything = deprecated.merge_all_summaries()
    nothing = deprecated.merge_all_summaries(key="nothing")

    def also(session):
        found = []
        for serialized in session.run([merged, everything]):
            summary = tf.Summary.FromString(serialized)
            found.append(
                [[v.tag, v.simple_value, v.histo.sum, v.image.width, v.audio.sample_rate] for v in summary.value]
            )
        return plain([found, nothing is None, [p.op.name for p in parts]])

    return Run(also=also, summaries=True)
