"""How the schema came to be: one file a version, run when a store is opened."""
