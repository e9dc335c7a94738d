"""What reports say in sentences: the official number, findings, passages, what is hidden."""
