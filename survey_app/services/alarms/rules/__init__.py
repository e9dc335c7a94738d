"""One rule a module: `find(seen, rule)` gives its alarms, the best first."""
