"""From words to claims: triggers, frames, places, routes, conditions, sources, and the records made of them."""
