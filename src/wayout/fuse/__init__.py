"""Stage 4 of 7: FUSE: many claims become one situation, with probabilities."""
