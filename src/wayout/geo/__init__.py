"""Pure helpers for geometry that know no stage: layers, projections, bearings, wedges."""
