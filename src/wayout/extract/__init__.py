"""Stage 2 of 7: EXTRACT: documents become mentions, actors and claims."""
