"""The back-test joined to MOVE: hours from recent positions, under barriers, as what a model may use."""
