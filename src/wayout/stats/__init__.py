"""Pure helpers for probability that know no stage."""
