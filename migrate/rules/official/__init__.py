"""Codes for the log of the official script."""
