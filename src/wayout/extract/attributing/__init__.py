"""Who is made to answer for which words: cues by class and frame, quotations, nested speech."""
