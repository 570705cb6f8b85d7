"""Stage 5, one solve: least travel time from any cells over ground and roads."""
