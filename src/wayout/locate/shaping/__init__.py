"""Place phrases to shapes: the grammar, and one file a family of relations."""
