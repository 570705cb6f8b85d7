"""Wording: how a text speaks of likelihood and confidence, and what ICD 203 has to say to that."""
