"""One field to write: what a conseiller types, and what is understood of it."""
