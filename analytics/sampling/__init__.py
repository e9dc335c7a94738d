"""How many sheets are needed, and what those of several groups say together."""
