"""Many units at once: summary, comparison, tables, and whom a list leaves out."""
