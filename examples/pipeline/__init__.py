"""From raw data to a served model, in the vocabulary of TFX, small enough to read. `python -m examples.pipeline --help`."""
