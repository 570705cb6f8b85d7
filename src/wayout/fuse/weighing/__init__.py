"""What a report weighs: evidence on propositions, its decay with time, the record of who told it."""
