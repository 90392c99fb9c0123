"""tf2kit.migrate.verify: run an old and a new program, and compare what they compute step by step. It executes the user's code.

`model` is the outcome as data, `document` the same as JSON.
"""
