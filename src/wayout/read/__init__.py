"""Stage 1 of 7: READ: pages, text files and feeds become documents."""
