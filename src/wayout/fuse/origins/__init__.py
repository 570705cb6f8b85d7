"""Where reports come from: copies, citations and common mouths, so that one origin counts once."""
