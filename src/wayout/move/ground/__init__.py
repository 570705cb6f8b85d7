"""Stage 5, the ground: grid, cells, roads and barriers drawn onto it."""
