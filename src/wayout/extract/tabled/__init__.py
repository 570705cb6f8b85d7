"""Parts of EXTRACT that read rows of event tables: sides, sources, claims."""
