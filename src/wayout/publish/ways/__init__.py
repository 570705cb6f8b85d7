"""The answer about ways, drawn: page, map, table, GeoJSON, and the piece a notebook shows."""
