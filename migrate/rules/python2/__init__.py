"""Python 2: its grammar (PY200 to PY204, reported by `migrate/python2.py`) and its habits (PY21x, rules on the tree)."""
