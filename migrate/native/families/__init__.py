"""Families of names that shape a program, one file each; importing this registers their handlers."""

from . import platform

__all__ = ["platform"]
