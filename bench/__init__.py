"""Accuracy and speed, measured on real data: `make bench`."""
