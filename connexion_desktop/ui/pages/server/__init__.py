"""The cards shown while a server is opened: its address, a password, what went wrong."""
