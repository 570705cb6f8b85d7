"""Which place of a name is meant: countries spoken of, places beside it, doubt kept as weights."""
