"""What one process shares and does between requests."""
