"""The versions of the schema. `HEAD` is the one this program was written for."""

HEAD = "0006"
