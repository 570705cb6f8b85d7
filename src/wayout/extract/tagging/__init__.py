"""Entities in the sense of re3d: the rules, and a small tagger on top."""
