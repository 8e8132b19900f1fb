"""The settings, in the real window: seen, typed, refused in place, undone."""
