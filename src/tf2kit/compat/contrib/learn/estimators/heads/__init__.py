"""The heads of the old estimators, one kind a file."""
