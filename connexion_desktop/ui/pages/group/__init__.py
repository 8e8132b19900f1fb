"""The page of a group: its people as cards or as a table."""
