"""Python 2: its grammar (PY201 to PY203, reported by `migrate/python2.py`) and its habits (PY21x, rules on the tree)."""
