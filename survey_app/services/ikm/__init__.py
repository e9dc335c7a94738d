"""One unit's index: its result, history, direction, quality, targets, and the people behind it."""
