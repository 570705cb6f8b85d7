"""Stage 6 of 7: ASSESS: what can happen and what will, in standard words."""
