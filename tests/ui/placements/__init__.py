"""The immersions page, in the real window, on a real base, with real keys and clicks."""
