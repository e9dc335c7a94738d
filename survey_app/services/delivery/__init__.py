"""News for other programs: written down with what happened, sent until somebody took it."""
