"""Judging hypotheses: likelihood ratios, what each report tells apart, what would turn the answer."""
