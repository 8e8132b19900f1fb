"""The versions, in order; written by `make`, mended by hand, never changed once shipped."""
