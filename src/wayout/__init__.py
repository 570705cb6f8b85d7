"""
Wayout: conflict analysis that can be checked.

Read ``wayout/pipeline.py`` first: the whole chain on one page. Importing this package is fast: models and layers load
when a step needs them.
"""

__version__ = "0.1.0"
