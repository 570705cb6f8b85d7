"""The back-test: cells, origins, what was known, models and their scores; no later data, ever."""
