"""From a bare computer to an open base and back."""
