"""Attached files, in the real window, on a real base, with real drops, keys and clicks."""
