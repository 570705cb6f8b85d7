"""Stage 5, the worlds: which barriers are closed, drawn or listed, and the graphs that answer thousands of them at once."""
