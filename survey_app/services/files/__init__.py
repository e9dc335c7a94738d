"""Files that people bring or take away: what they are, limits for reading them, safe text in them."""
