"""How surely something is said: words by class, clauses, scope, stance."""
