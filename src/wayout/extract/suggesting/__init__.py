"""What a language model may suggest, and how it is checked."""
