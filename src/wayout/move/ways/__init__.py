"""Stage 5, the ways: the theatre of a question, what counts as out, routes, corridors, surfaces."""
