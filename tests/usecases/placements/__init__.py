"""Immersions on a real base: typed, issued, frozen, revised, signed, withdrawn."""
