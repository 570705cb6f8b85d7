"""Stage 3 of 7: LOCATE: place phrases become regions with their doubt."""
