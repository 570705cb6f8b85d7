"""Pure helpers for text that know no stage: the English parser, name folding, language."""
