"""Place names and whole place phrases in running text."""
