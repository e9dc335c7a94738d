"""The way in for one answer: ids, checks, limits, paper forms, one-time codes."""
