"""Reports that are made period after period: what is ordered, what is due, what was made."""
