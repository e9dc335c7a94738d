"""The forms of every unit, and how many answers each has had lately."""
