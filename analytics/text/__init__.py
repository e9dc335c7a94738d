"""What people write: grouped by what it is about, and freed of what points at a person."""
