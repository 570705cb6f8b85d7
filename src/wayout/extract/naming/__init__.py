"""Who a report speaks of: the book of actors, their names in any script, and what stands for a name."""
