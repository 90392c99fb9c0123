"""The sources of the lessons and the notebooks made from them; installed as ``tf2kit.lessons.notebooks``."""
