"""Codes for files that cannot be read, parsed or written."""
