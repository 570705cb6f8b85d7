"""Where reports are kept: one schema, embedded in SQLite or on a team's PostgreSQL."""
