"""Stage 5 of 7: MOVE: a situation, a party and terrain become reach and exits."""
