"""Papers: dataclasses in, bytes out."""
