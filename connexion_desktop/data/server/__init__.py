"""The shared PostgreSQL server."""
