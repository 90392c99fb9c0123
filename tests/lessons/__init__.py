"""Execute the lessons: `execute.py` runs one in a process of its own, `python -m tests.lessons` all of them."""
