"""What citizens complain of: looked at, taken up, answered, and how long that takes."""
