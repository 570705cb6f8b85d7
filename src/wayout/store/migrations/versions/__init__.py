"""One file a version of the schema; a released one is never changed."""
