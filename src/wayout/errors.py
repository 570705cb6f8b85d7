"""
Every error Wayout raises on purpose.

The tree (each class is also the built-in error it resembles, so callers may catch either)::

    WayoutError
    ├── InputError(ValueError)            something given to us is wrong
    │   ├── SpanError                     a span does not slice its document
    │   ├── SourceError                   one source cannot be read; the others go on
    │   └── VocabularyError               a shipped or user vocabulary file is malformed
    ├── NotFoundError(LookupError)        a name, place or actor is not known
    ├── ProvenanceError(ValueError)       a record or sentence lacks the words it must rest on
    └── BackendError(RuntimeError)        a model, layer or outside service is missing or failed

A message says what is wrong, which value, and what to do.
"""


class WayoutError(Exception):
    """Base of all errors raised on purpose."""


class InputError(WayoutError, ValueError):
    """Something given to Wayout is wrong: its type, range or form."""


class SpanError(InputError):
    """A span does not lie inside its document, or is empty."""


class SourceError(InputError):
    """One source cannot be read: wrong encoding, empty, too large, or not text."""


class VocabularyError(InputError):
    """A vocabulary file is malformed or holds an unknown key."""


class NotFoundError(WayoutError, LookupError):
    """A name, place, actor or record is not known."""


class ProvenanceError(WayoutError, ValueError):
    """A record or a sentence does not rest on the words it claims to rest on."""


class BackendError(WayoutError, RuntimeError):
    """A model, a data layer or an outside service is missing or failed."""
