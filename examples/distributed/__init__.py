"""Training that outgrows one machine: one program, four ways to run it. `python -m examples.distributed --help`."""
