"""News for other programs."""
