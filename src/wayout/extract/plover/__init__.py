"""Events in PLOVER terms: type, who does it, to whom."""
