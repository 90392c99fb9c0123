"""tf.contrib.testing: what tests of summaries used."""

from .._paths import attributes
from .fake_summary_writer import FakeSummaryWriter
from .summaries import (
    assert_summary,
    latest_event_file,
    latest_events,
    latest_summaries,
    simple_values_from_events,
    to_summary_proto,
)

__getattr__ = attributes(__name__)
