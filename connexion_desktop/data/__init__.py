"""Where things stay: the encrypted file, its models, audit and backups."""
