"""Units beside units and periods beside periods: together, ranked, compared, over time."""
