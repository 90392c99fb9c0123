"""Families of names that shape a program, one file each; importing this registers their handlers."""

from . import flags, losses, metrics, platform, savers, summaries, writers

__all__ = ["flags", "losses", "metrics", "platform", "savers", "summaries", "writers"]
