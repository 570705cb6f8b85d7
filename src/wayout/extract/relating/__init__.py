"""Who stands to whom how: parties, patterns, names of the same."""
