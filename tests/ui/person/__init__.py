"""The page of one person, with real keys and real clicks on a real base."""
