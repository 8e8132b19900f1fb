"""The computer: folders, secrets, log."""
