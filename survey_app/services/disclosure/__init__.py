"""What may leave the office: the one rule that every page, report and file of data asks."""
