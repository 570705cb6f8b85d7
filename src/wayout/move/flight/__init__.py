"""Stage 5, those who flee: the choice among the places they can reach."""
