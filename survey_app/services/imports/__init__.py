"""Files of answers: columns, dates, scores, rows, and which of them are in already."""
